/* Written by SystemCallTests from runtime/Contract/SystemCalls.cs. The macros are in StartCode.S: name and number; or, where there is no call of the name, one that makes it of another, whose number it gets. */
        system_call read, 63
        system_call write, 64
        system_call close, 57
        system_call fstat, 80
        lstat_by_newfstatat 79
        poll_by_ppoll 73
        system_call mmap, 222
        system_call rt_sigaction, 134
        system_call rt_sigprocmask, 135
        system_call writev, 66
        system_call madvise, 233
        alarm_by_setitimer 103
        system_call getpid, 172
        system_call sendfile, 71
        system_call socket, 198
        system_call connect, 203
        system_call accept, 202
        system_call sendto, 206
        system_call recvfrom, 207
        system_call shutdown, 210
        system_call bind, 200
        system_call listen, 201
        system_call getsockname, 204
        system_call getpeername, 205
        system_call setsockopt, 208
        system_call getsockopt, 209
        fork_by_clone 220
        system_call exit, 93
        system_call wait4, 260
        system_call kill, 129
        system_call fcntl, 25
        system_call flock, 32
        system_call fsync, 82
        unlink_by_unlinkat 35
        chmod_by_fchmodat 53
        system_call getppid, 173
        system_call prctl, 167
        system_call gettid, 178
        system_call sched_getaffinity, 123
        system_call getdents64, 61
        system_call clock_gettime, 113
        epoll_wait_by_epoll_pwait 22
        system_call epoll_ctl, 21
        system_call unlinkat, 35
        system_call renameat, 38
        system_call linkat, 37
        system_call timerfd_create, 85
        system_call timerfd_settime, 86
        system_call accept4, 242
        system_call signalfd4, 74
        system_call epoll_create1, 20
        system_call prlimit64, 261
        system_call openat2, 437

/*
 * What a service manager does with a socket: opens it, and starts a server that gets it (sd_listen_fds(3)), another for each line of
 * standard input. Standard output has the port, the process id of each server, and its exit code when it has ended.
 *
 *     activate PROGRAM [ARGUMENT]...
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void start(int listener, char **command)
{
    pid_t pid = fork();
    if (pid == 0) {
        char text[16];
        dup2(listener, 3);
        snprintf(text, sizeof text, "%d", getpid());
        setenv("LISTEN_PID", text, 1);
        setenv("LISTEN_FDS", "1", 1);
        execv(command[0], command);
        _exit(127);
    }
    printf("started %d\n", pid);
}

int main(int argc, char **argv)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
    socklen_t length = sizeof address;
    int listener = fcntl(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), F_DUPFD_CLOEXEC, 10);
    if (argc < 2 || bind(listener, (struct sockaddr *)&address, length) || listen(listener, 4096) || getsockname(listener, (struct sockaddr *)&address, &length))
        return 1;
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("port %d\n", ntohs(address.sin_port));
    for (;;) {
        struct pollfd input = { .fd = STDIN_FILENO, .events = POLLIN };
        char line[16];
        int status;
        pid_t pid;
        if (poll(&input, 1, 20) > 0) {
            if (read(STDIN_FILENO, line, sizeof line) <= 0)
                return 0;
            start(listener, argv + 1);
        }
        while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
            printf("ended %d %d\n", pid, WIFEXITED(status) ? WEXITSTATUS(status) : -1);
    }
}

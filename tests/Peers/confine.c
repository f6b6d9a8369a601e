/*
 * Runs a program that the kernel ends as soon as it makes a system call other than those that are named: seccomp(2).
 *
 *     confine NUMBER... -- PROGRAM [ARGUMENT]...
 */
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { MAX = 200 }; /* a jump of the filter reaches 255 instructions */

int main(int argc, char **argv)
{
    struct sock_filter filter[MAX + 6] = {
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, arch)),
        BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, AUDIT_ARCH_X86_64, 1, 0),
        BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS),
        BPF_STMT(BPF_LD | BPF_W | BPF_ABS, offsetof(struct seccomp_data, nr)),
    };
    int count = 0;
    while (count + 1 < argc && strcmp(argv[count + 1], "--"))
        count++;
    if (count == 0 || count > MAX || count + 2 >= argc)
        return 2;
    for (int i = 0; i < count; i++)
        filter[4 + i] = (struct sock_filter)BPF_JUMP(BPF_JMP | BPF_JEQ | BPF_K, (unsigned)atoi(argv[1 + i]), (unsigned char)(count - i), 0);
    filter[4 + count] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_KILL_PROCESS);
    filter[5 + count] = (struct sock_filter)BPF_STMT(BPF_RET | BPF_K, SECCOMP_RET_ALLOW);

    struct sock_fprog program = { .len = (unsigned short)(count + 6), .filter = filter };
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) || prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program))
        return 2;
    execv(argv[count + 2], argv + count + 2);
    return 127;
}

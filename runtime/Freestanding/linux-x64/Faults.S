/*
 * The last words of a program that the processor stops: a null reference, a division by zero, the end of the stack. Linked where a program has
 * code of its own (see SyscallServer.Freestanding.targets); then the kernel starts it here, and it goes on to _start. Three system calls.
 * x86-64, GNU as; the object is Faults.o.
 */
        .intel_syntax noprefix

        .section .text.report_faults, "ax", @progbits
        .globl  report_faults
        .cfi_startproc
report_faults:
        .cfi_undefined rip                      /* nobody has called it */
        /*
         * When the stack itself is at its end, the handler needs another: the program's first frames, which nobody will come back to.
         * SS_AUTODISARM has the kernel begin at the top of them, whoever is there. sigaltstack(2): { ss_sp, ss_flags, ss_size }.
         */
        lea     rax, [rsp - 16384]
        push    16384
        push    -0x80000000                     /* SS_AUTODISARM */
        push    rax
        mov     rdi, rsp
        xor     esi, esi
        mov     eax, 131                        /* sigaltstack */
        syscall
        push    0                               /* sigaction(2), the kernel's: { handler, flags, restorer, mask } */
        push    0
        push    0x0C000004                      /* SA_ONSTACK | SA_RESTORER, which the kernel insists on, | SA_SIGINFO */
        lea     rax, faulted[rip]
        push    rax
        mov     rsi, rsp
        xor     edx, edx
        mov     r10d, 8                         /* the size of the mask */
        mov     edi, 11                         /* SIGSEGV */
        mov     eax, 13                         /* rt_sigaction */
        syscall
        mov     edi, 8                          /* SIGFPE */
        mov     eax, 13
        syscall
        add     rsp, 56                         /* as the kernel left it */
        jmp     _start
        .cfi_endproc
        .size   report_faults, . - report_faults

/* (number, siginfo, ucontext). What faults again in here is killed by the kernel, as the signal is blocked. */
faulted:
        cmp     edi, 8                          /* SIGFPE: the divisor is 0, or -1 and the quotient too large */
        lea     rdi, division[rip]
        je      1f
        lea     rdi, wild_pointer[rip]
        cmp     dword ptr [rsi + 8], 128        /* SI_KERNEL: no address at all, and none is given */
        je      1f
        mov     rax, [rsi + 16]                 /* si_addr */
        xor     edi, edi                        /* RhpThrowEx's word for it: a null reference */
        cmp     rax, 0x10000                    /* vm.mmap_min_addr: nothing lies below, and no field further from null is read unchecked */
        jb      1f
        sub     rax, [rdx + 160]                /* uc_mcontext.gregs[REG_RSP] */
        add     rax, 0x10000
        cmp     rax, 0x20000
        lea     rdi, stack_overflow[rip]
        jb      1f
        lea     rdi, wild_pointer[rip]
1:      jmp     RhpThrowEx

division:
        .asciz  "division by zero, or overflow of a division\n"
stack_overflow:
        .asciz  "stack overflow\n"
wild_pointer:
        .asciz  "a pointer to nowhere\n"

        .section .note.GNU-stack, "", @progbits

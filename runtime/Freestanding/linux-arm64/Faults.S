/*
 * The last words of a program that the processor stops: a null reference, the end of the stack, a pointer to nowhere. (A division by zero is none of these here: the compiler looks at the divisor.) Linked where a program has
 * code of its own (see SyscallServer.Freestanding.targets); then the kernel starts it here, and it goes on to _start. Two system calls.
 * arm64, GNU as; the object is Faults.o.
 */
        .section .text.report_faults, "ax", %progbits
        .balign 4
        .globl  report_faults
        .cfi_startproc
report_faults:
        .cfi_undefined x30                      /* nobody has called it */
        /*
         * When the stack itself is at its end, the handler needs another: the program's first frames, which nobody will come back to.
         * SS_AUTODISARM has the kernel begin at the top of them, whoever is there. sigaltstack(2): { ss_sp, ss_flags, ss_size }.
         */
        sub     x9, sp, #16384
        mov     x10, #0x80000000                /* SS_AUTODISARM */
        mov     x11, #16384
        stp     x9, x10, [sp, #-64]!
        str     x11, [sp, #16]
        mov     x0, sp
        mov     x1, xzr
        mov     x8, #132                        /* sigaltstack */
        svc     #0
        adrp    x9, faulted                     /* sigaction(2), the kernel's: { handler, flags, restorer, mask } */
        add     x9, x9, :lo12:faulted
        mov     x10, #4                         /* SA_SIGINFO, */
        movk    x10, #0x0800, lsl #16           /* SA_ONSTACK; without SA_RESTORER a handler would return to the vDSO */
        stp     x9, x10, [sp, #32]
        stp     xzr, xzr, [sp, #48]
        mov     x0, #11                         /* SIGSEGV */
        add     x1, sp, #32
        mov     x2, xzr
        mov     x3, #8                          /* the size of the mask */
        mov     x8, #134                        /* rt_sigaction */
        svc     #0
        add     sp, sp, #64                     /* as the kernel left it */
        b       _start
        .cfi_endproc
        .size   report_faults, . - report_faults

/* (number, siginfo, ucontext). What faults again in here is killed by the kernel, as the signal is blocked. */
faulted:
        ldr     x9, [x1, #16]                   /* si_addr */
        mov     x0, xzr                         /* RhpThrowEx's word for it: a null reference */
        lsr     x10, x9, #16                    /* vm.mmap_min_addr: nothing lies below, and no field further from null is read unchecked */
        cbz     x10, 1f
        ldr     x10, [x2, #432]                 /* uc_mcontext.sp: arch/arm64/include/uapi/asm/ucontext.h and sigcontext.h */
        sub     x9, x9, x10
        add     x9, x9, #16, lsl #12
        adrp    x0, stack_overflow
        add     x0, x0, :lo12:stack_overflow
        lsr     x9, x9, #17                     /* 64 KiB to either side */
        cbz     x9, 1f
        adrp    x0, wild_pointer
        add     x0, x0, :lo12:wild_pointer
1:      b       RhpThrowEx

stack_overflow:
        .asciz  "stack overflow\n"
wild_pointer:
        .asciz  "a pointer to nowhere\n"

        .section .note.GNU-stack, "", %progbits

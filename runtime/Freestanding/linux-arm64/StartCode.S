/*
 * Where a freestanding server begins, and how it calls the kernel. Only the routines that a server reaches are linked.
 * arm64, procedure call standard AAPCS64, GNU as. GnuLinkTests compares StartCode.o with this, and writes it with SNAPSHOTS=accept. What a routine is for, is said in linux-x64/StartCode.S; here is what
 * differs.
 */

/* A routine that others call. Between both, assembler directives say how a debugger finds its caller. */
        .macro  routine name:vararg
        .balign 4
        .globl  \name
        .cfi_startproc
        .endm

        .macro  end_routine name
        .cfi_endproc
        .size   \name, . - \name
        .endm

/* The number of the call is in x8, its arguments are where C has them, and so is its result. */
        .macro  call_kernel number
        mov     x8, #\number
        svc     #0
        .endm

        .macro  address register, symbol
        adrp    \register, \symbol
        add     \register, \register, :lo12:\symbol
        .endm

/* Runs the program, whose arguments are at x0. */
        .macro  run_program
        bl      SyscallServerStart
        call_kernel 93                          /* exit: there is but one thread */
        .endm

/* The kernel leaves argc, argv and envp on the stack (arch/arm64 has nothing of its own there: fs/binfmt_elf.c, create_elf_tables). */
        .section .text._start, "ax", %progbits
        routine _start
_start:
        .cfi_undefined x30                      /* nobody has called it */
        add     x0, sp, #8                      /* argv; argc is said again by the null pointer at its end */
        run_program
        end_routine _start

/* x19 and x20: the rest of the list; x9: the cell; x10: the description of the object, and x11 its bits; x12: what is left of the object; x13: the initial values. */
        .section .text._start_with_reference_statics, "ax", %progbits
        routine _start_with_reference_statics
_start_with_reference_statics:
        .cfi_undefined x30
        add     x0, sp, #8
        address x19, reference_statics
        address x20, reference_statics_end
1:      ldrsw   x9, [x19]
        add     x9, x9, x19
        ldrsw   x11, [x9]
        and     x10, x11, #-4
        add     x10, x10, x9
        ldr     w12, [x10, #4]                  /* MethodTable.BaseSize: a word before the object, one for the type, the fields */
        sub     w13, w12, #8
        add     w13, w13, #15
        and     w13, w13, #-16
        sub     sp, sp, x13
        ldrsw   x13, [x9, #4]
        add     x13, x13, x9
        add     x13, x13, #4
        mov     x14, sp
        str     x14, [x9]
        str     x10, [x14]
        sub     w12, w12, #8
2:      subs    w12, w12, #8
        b.eq    4f
        mov     x15, xzr
        tbz     w11, #1, 3f
        sub     w16, w12, #8
        ldr     x15, [x13, x16]
3:      str     x15, [x14, x12]
        b       2b
4:      add     x19, x19, #4
        cmp     x19, x20
        b.lo    1b
        run_program
        end_routine _start_with_reference_statics

/* x19: argv, and behind it the rest; x9 and x10: a pair of the auxiliary vector; x11: the size of a page (AT_PAGESZ), which the segment may begin within. */
        .section .text.start_hardened, "ax", %progbits
        routine start_hardened
start_hardened:
        .cfi_undefined x30
        add     x19, sp, #8
1:      ldr     x9, [x19], #8                   /* argv */
        cbnz    x9, 1b
2:      ldr     x9, [x19], #8                   /* envp */
        cbnz    x9, 2b
        mov     x12, xzr
3:      ldp     x9, x10, [x19], #16
        cmp     x9, #6                          /* AT_PAGESZ */
        csel    x11, x10, x11, eq
        cmp     x9, #25                         /* AT_RANDOM: the address of 16 bytes */
        csel    x12, x10, x12, eq
        cbnz    x9, 3b                          /* AT_NULL */
        ldr     x9, [x12]
        and     x9, x9, #-256                   /* a NUL, which text that runs over cannot repeat */
        address x10, random_security_cookie
        str     x9, [x10]
        address x9, image_start
        address x10, address_table              /* of each address that stands in memory: its distance from the start of the image, 4 bytes */
        address x12, address_table_end
        b       5f
4:      ldr     w13, [x10], #4
        ldr     x14, [x9, x13]
        add     x14, x14, x9
        str     x14, [x9, x13]
5:      cmp     x10, x12
        b.lo    4b
        address x0, addresses_start             /* of what is constant from now on */
        address x1, addresses_end
        neg     x11, x11
        and     x0, x0, x11
        subs    x1, x1, x0
        b.eq    6f                              /* there is nothing of that kind */
        mov     x2, #1                          /* PROT_READ */
        call_kernel 226                         /* mprotect */
        cbz     x0, 6f
        address x0, not_protected
        b       RhpThrowEx
6:      b       start_program
        end_routine start_hardened
not_protected:
        .asciz  "mprotect failed\n"

        .section .bss.random_security_cookie, "aw", %nobits
        .globl  random_security_cookie
        .balign 8
random_security_cookie:
        .skip   8

        .section .text.SyscallServerMain, "ax", %progbits
        routine SyscallServerMain
SyscallServerMain:
        mov     x1, x0
        ldr     w0, [x0, #-8]
        b       __managed__Main
        end_routine SyscallServerMain

        .section .text.transitions, "ax", %progbits
        routine RhpReversePInvoke, RhpReversePInvokeReturn, RhpPInvoke, RhpPInvokeReturn, RhpGcPoll
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpPInvoke:
RhpPInvokeReturn:
RhpGcPoll:
        ret
        end_routine RhpGcPoll

/* Here the compiler has registers of its own for these: the reference in x15 is stored at x14, which moves on; and before that fetched from x13, which moves on too. */
        .section .text.RhpAssignRef, "ax", %progbits
        routine RhpAssignRefArm64, RhpCheckedAssignRefArm64, RhpByRefAssignRefArm64
RhpByRefAssignRefArm64:
        ldr     x15, [x13], #8
RhpAssignRefArm64:
RhpCheckedAssignRefArm64:
        str     x15, [x14], #8
        ret
        end_routine RhpAssignRefArm64

        .section .text.RhpThrowEx, "ax", %progbits
        routine RhpThrowEx
RhpThrowEx:
        cbnz    x0, 1f
        address x0, null_reference              /* the program's own "throw null" */
1:      mov     x1, x0
        mov     x2, xzr
2:      add     x2, x2, #1
        ldrb    w3, [x1, x2]
        cbnz    w3, 2b
        mov     w0, #2                          /* standard error */
        call_kernel 64                          /* write */
        mov     w0, #134                        /* 128 + SIGABRT */
        call_kernel 94                          /* exit_group */
        end_routine RhpThrowEx
null_reference:
        .asciz  "null reference\n"

        .section .text.RhpFallbackFailFast, "ax", %progbits
        routine RhpFallbackFailFast
RhpFallbackFailFast:
        address x0, stack_smashed
        b       RhpThrowEx
        end_routine RhpFallbackFailFast
stack_smashed:
        .asciz  "a stack buffer has overflowed\n"

/* (to, length), (to, value, length) and (to, from, length): sixteen bytes at a time, and one by one what is left. */
        .section .text.RhSpanHelpers_MemZero, "ax", %progbits
        routine RhSpanHelpers_MemZero
RhSpanHelpers_MemZero:
        mov     x2, x1
        mov     x1, xzr
        b       RhSpanHelpers_MemSet
        end_routine RhSpanHelpers_MemZero

        .section .text.RhSpanHelpers_MemSet, "ax", %progbits
        routine RhSpanHelpers_MemSet, memset
RhSpanHelpers_MemSet:
memset:
        mov     x9, x0                          /* memset returns where it wrote */
        mov     x10, #0x0101010101010101
        and     x1, x1, #0xFF
        mul     x1, x1, x10
1:      subs    x2, x2, #16
        b.lo    2f
        stp     x1, x1, [x9], #16
        b       1b
2:      adds    x2, x2, #16
        b.eq    4f
3:      strb    w1, [x9], #1
        subs    x2, x2, #1
        b.ne    3b
4:      ret
        end_routine RhSpanHelpers_MemSet

        .section .text.RhSpanHelpers_MemCopy, "ax", %progbits
        routine RhSpanHelpers_MemCopy, memcpy, memmove
RhSpanHelpers_MemCopy:
memcpy:
memmove:
        sub     x9, x0, x1
        cmp     x9, x2                          /* the target begins within the source: from the end */
        b.lo    5f
        mov     x9, x0
1:      subs    x2, x2, #16
        b.lo    2f
        ldp     x10, x11, [x1], #16
        stp     x10, x11, [x9], #16
        b       1b
2:      adds    x2, x2, #16
        b.eq    4f
3:      ldrb    w10, [x1], #1
        strb    w10, [x9], #1
        subs    x2, x2, #1
        b.ne    3b
4:      ret
5:      add     x9, x0, x2
        add     x1, x1, x2
6:      subs    x2, x2, #16
        b.lo    7f
        ldp     x10, x11, [x1, #-16]!
        stp     x10, x11, [x9, #-16]!
        b       6b
7:      adds    x2, x2, #16
        b.eq    4b
8:      ldrb    w10, [x1, #-1]!
        strb    w10, [x9, #-1]!
        subs    x2, x2, #1
        b.ne    8b
        ret
        end_routine RhSpanHelpers_MemCopy

/*
 * The remainder of a floating-point division, which no instruction gives here. Both numbers are whole multiples of the smallest that the divisor's exponent has: what is left of one by the other is a
 * remainder of whole numbers, of which the dividend may have 2,046 bits more. It gets them eleven at a time, for so many fit above the 53 of a remainder. Nothing is ever rounded.
 */
        .section .text.fmod, "ax", %progbits
        routine fmod, RhpDblRem                 /* the name that ILC 8 has for it */
fmod:
RhpDblRem:
        fmov    x0, d0
        fmov    x1, d1
        and     x2, x0, #0x8000000000000000     /* the sign is the dividend's */
        and     x0, x0, #0x7FFFFFFFFFFFFFFF
        and     x1, x1, #0x7FFFFFFFFFFFFFFF
        mov     x3, #0x7FF0000000000000         /* infinity; above it is no number */
        cbz     x1, 6f
        cmp     x0, x3
        b.hs    6f
        cmp     x1, x3
        b.hi    6f
        cmp     x0, x1
        b.lo    5f
        lsr     x4, x0, #52                     /* the exponents */
        lsr     x5, x1, #52
        mov     x3, #0x0010000000000000         /* the bit that is not written, but for exponent 0, which means what 1 does */
        and     x0, x0, #0x000FFFFFFFFFFFFF
        and     x1, x1, #0x000FFFFFFFFFFFFF
        cbz     x4, 1f
        orr     x0, x0, x3
        sub     x4, x4, #1
1:      cbz     x5, 2f
        orr     x1, x1, x3
        sub     x5, x5, #1
2:      sub     x4, x4, x5                      /* bits that the dividend has more */
        mov     x6, #11
        mov     x7, xzr                         /* of which it gets none at first */
3:      lsl     x0, x0, x7
        udiv    x3, x0, x1
        msub    x0, x3, x1, x0
        cmp     x4, x6
        csel    x7, x4, x6, lo
        sub     x4, x4, x7
        cbnz    x7, 3b
        cbz     x0, 4f
        clz     x6, x0                          /* the highest bit becomes bit 52, as far as the exponent can be lowered */
        sub     x6, x6, #11
        cmp     x5, x6
        csel    x6, x5, x6, lo
        lsl     x0, x0, x6
        sub     x5, x5, x6
        add     x0, x0, x5, lsl #52             /* bit 52 adds the one that exponents have more */
4:      orr     x0, x0, x2
        fmov    d0, x0
5:      ret
6:      fmul    d0, d0, d1                      /* no number */
        fdiv    d0, d0, d0
        ret
        end_routine fmod

/* What is left of two floats is a float. */
        .section .text.fmodf, "ax", %progbits
        routine fmodf, RhpFltRem
fmodf:
RhpFltRem:
        str     x30, [sp, #-16]!
        .cfi_def_cfa_offset 16
        .cfi_offset x30, -16
        fcvt    d0, s0
        fcvt    d1, s1
        bl      fmod
        fcvt    s0, d0
        ldr     x30, [sp], #16
        .cfi_def_cfa_offset 0
        .cfi_restore x30
        ret
        end_routine fmodf

        .section .rodata.RhpTrapThreads, "a", %progbits
        .globl  RhpTrapThreads
        .balign 4
RhpTrapThreads:
        .long   0

        .section .rodata.__security_cookie, "a", %progbits
        .globl  __security_cookie
        .balign 8
__security_cookie:
        .quad   0x00000A0D5AA5FF01

        .macro  system_call name, number
        .section .text.\name, "ax", %progbits
        routine \name
\name:
        call_kernel \number
        ret
        end_routine \name
        .endm

/* The calls that this kernel has under other names only, with further arguments. */

        .macro  lstat_by_newfstatat number      /* (AT_FDCWD, pathname, statbuf, AT_SYMLINK_NOFOLLOW) */
        .section .text.lstat, "ax", %progbits
        routine lstat
lstat:
        mov     x2, x1
        mov     x1, x0
        mov     x0, #-100
        mov     x3, #0x100
        call_kernel \number
        ret
        end_routine lstat
        .endm

        .macro  poll_by_ppoll number            /* (fds, nfds, timespec, no signals), where the timespec is of milliseconds; null to wait for ever */
        .section .text.poll, "ax", %progbits
        routine poll
poll:
        sub     sp, sp, #16
        .cfi_def_cfa_offset 16
        mov     w9, #1000
        udiv    w10, w2, w9
        msub    w9, w10, w9, w2
        mov     w11, #0x4240                    /* 1,000,000 */
        movk    w11, #0xF, lsl #16
        umull   x9, w9, w11
        stp     x10, x9, [sp]
        cmp     w2, #0
        mov     x2, sp
        csel    x2, x2, xzr, ge
        mov     x3, xzr
        call_kernel \number
        add     sp, sp, #16
        .cfi_def_cfa_offset 0
        ret
        end_routine poll
        .endm

        .macro  alarm_by_setitimer number       /* (ITIMER_REAL, itimerval, null): nobody asks for what was left of the one before */
        .section .text.alarm, "ax", %progbits
        routine alarm
alarm:
        mov     w9, w0
        stp     xzr, xzr, [sp, #-32]!           /* it_interval: once */
        .cfi_def_cfa_offset 32
        stp     x9, xzr, [sp, #16]              /* it_value: seconds and microseconds */
        mov     x0, xzr
        mov     x1, sp
        mov     x2, xzr
        call_kernel \number
        add     sp, sp, #32
        .cfi_def_cfa_offset 0
        ret
        end_routine alarm
        .endm

        .macro  fork_by_clone number            /* (SIGCHLD, the same stack, and nothing to write) */
        .section .text.fork, "ax", %progbits
        routine fork
fork:
        mov     x0, #17
        mov     x1, xzr
        mov     x2, xzr
        mov     x3, xzr
        mov     x4, xzr
        call_kernel \number
        ret
        end_routine fork
        .endm

        .macro  unlink_by_unlinkat number       /* (AT_FDCWD, pathname, 0) */
        .section .text.unlink, "ax", %progbits
        routine unlink
unlink:
        mov     x1, x0
        mov     x0, #-100
        mov     x2, xzr
        call_kernel \number
        ret
        end_routine unlink
        .endm

        .macro  chmod_by_fchmodat number        /* (AT_FDCWD, pathname, mode) */
        .section .text.chmod, "ax", %progbits
        routine chmod
chmod:
        mov     x2, x1
        mov     x1, x0
        mov     x0, #-100
        call_kernel \number
        ret
        end_routine chmod
        .endm

        .macro  epoll_wait_by_epoll_pwait number /* (epfd, events, maxevents, timeout, no signals) */
        .section .text.epoll_wait, "ax", %progbits
        routine epoll_wait
epoll_wait:
        mov     x4, xzr
        call_kernel \number
        ret
        end_routine epoll_wait
        .endm

        .include "SystemCalls.S"

        .section .note.GNU-stack, "", %progbits

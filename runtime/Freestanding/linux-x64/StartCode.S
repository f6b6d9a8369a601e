/*
 * Where a freestanding server begins, and how it calls the kernel. Only the routines that a server reaches are linked.
 * x86-64, System V calling convention, GNU as. GnuLinkTests compares StartCode.o with this, and writes it with SNAPSHOTS=accept.
 */
        .intel_syntax noprefix

/* A routine that others call. Between both, assembler directives say how a debugger finds its caller. */
        .macro  routine name:vararg
        .globl  \name
        .cfi_startproc
        .endm

        .macro  end_routine name
        .cfi_endproc
        .size   \name, . - \name
        .endm

/* Runs the program, whose arguments are at rdi. */
        .macro  run_program
        call    SyscallServerStart
        xchg    edi, eax
        push    60                              /* exit: there is but one thread */
        pop     rax
        syscall
        .endm

/* The kernel leaves argc, argv and envp on the stack (System V ABI for x86-64, section 3.4.1). */
        .section .text._start, "ax", @progbits
        routine _start
_start:
        .cfi_undefined rip                      /* nobody has called it */
        lea     rdi, [rsp + 8]                  /* argv; argc is said again by the null pointer at its end */
        run_program
        end_routine _start

/*
 * In its place, where the program has static fields of reference types: the linker sees to that. The compiler has a cell for each type that has such fields, of two relative addresses of 4 bytes: of the
 * description of an object that holds them (with bit 0 set), and of their initial values, where the compiler could compute those (bit 1). Code expects the address of the object
 * in the cell, so each gets its object here, on the stack, where nothing of the program has been yet. The compiler's list of the cells, which the linker finds, has a relative address of 4 bytes for
 * each.
 */
        .section .text._start_with_reference_statics, "ax", @progbits
        routine _start_with_reference_statics
_start_with_reference_statics:
        .cfi_undefined rip
        lea     rdi, [rsp + 8]
        lea     rbx, reference_statics[rip]
        lea     r12, reference_statics_end[rip]
1:      movsxd  rdx, dword ptr [rbx]
        add     rdx, rbx
        movsxd  rax, dword ptr [rdx]
        mov     ecx, eax
        and     rax, -4
        add     rax, rdx
        mov     r8d, [rax + 4]                  /* MethodTable.BaseSize: a word before the object, one for the type, the fields */
        lea     r9d, [r8 - 8 + 15]
        and     r9d, -16
        sub     rsp, r9
        movsxd  r9, dword ptr [rdx + 4]
        lea     r9, [r9 + rdx + 4]
        mov     [rdx], rsp
        mov     [rsp], rax
        sub     r8d, 8
2:      sub     r8d, 8
        jz      4f
        xor     eax, eax
        test    cl, 2
        jz      3f
        mov     rax, [r9 + r8 - 8]
3:      mov     [rsp + r8], rax
        jmp     2b
4:      add     rbx, 4
        cmp     rbx, r12
        jb      1b
        run_program
        end_routine _start_with_reference_statics

/*
 * What the kernel starts where the program lies elsewhere each time (HardenedLayout.cs): it has a stack canary of its own, and its addresses are made to be those where it lies. Then it begins as any
 * other. Behind argv and envp, each up to a null pointer, the kernel leaves the auxiliary vector, pairs of a type and a value (getauxval(3)); AT_RANDOM has been among them since Linux 2.6.29.
 */
        .section .text.start_hardened, "ax", @progbits
        routine start_hardened
start_hardened:
        .cfi_undefined rip
        lea     rsi, [rsp + 8]
        mov     ecx, 2
1:      lodsq
        test    rax, rax
        jnz     1b
        loop    1b
2:      lodsq
        mov     ecx, eax
        lodsq
        cmp     ecx, 25                         /* AT_RANDOM: the address of 16 bytes */
        jne     2b
        mov     rax, [rax]
        xor     al, al                          /* a NUL, which text that runs over cannot repeat */
        mov     random_security_cookie[rip], rax
        lea     rdx, image_start[rip]
        lea     rsi, address_table[rip]         /* of each address that stands in memory: its distance from the start of the image, 4 bytes */
        lea     rcx, address_table_end[rip]
        jmp     4f
3:      lodsd
        add     [rdx + rax], rdx
4:      cmp     rsi, rcx
        jb      3b
        lea     rdi, addresses_start[rip]       /* of what is constant from now on */
        lea     rsi, addresses_end[rip]
        sub     rsi, rdi
        je      5f                              /* there is nothing of that kind */
        mov     edx, 1                          /* PROT_READ */
        mov     eax, 10                         /* mprotect */
        syscall
        lea     rdi, not_protected[rip]
        test    eax, eax
        jnz     RhpThrowEx
5:      jmp     start_program
        end_routine start_hardened
not_protected:
        .asciz  "mprotect failed\n"

        .section .bss.random_security_cookie, "aw", @nobits
        .globl  random_security_cookie
        .balign 8
random_security_cookie:
        .skip   8

/* In the place of SyscallServerStart, where the program has a Main of its own: what the compiler writes around it takes argc too. */
        .section .text.SyscallServerMain, "ax", @progbits
        routine SyscallServerMain
SyscallServerMain:
        mov     rsi, rdi
        mov     edi, [rdi - 8]
        jmp     __managed__Main
        end_routine SyscallServerMain

/*
 * What the compiler calls where native code enters and leaves managed code. There is no garbage collector that would have to know.
 */
        .section .text.transitions, "ax", @progbits
        routine RhpReversePInvoke, RhpReversePInvokeReturn, RhpPInvoke, RhpPInvokeReturn, RhpGcPoll
RhpReversePInvoke:
RhpReversePInvokeReturn:
RhpPInvoke:
RhpPInvokeReturn:
RhpGcPoll:
        ret
        end_routine RhpGcPoll

/* What the compiler calls to store a reference, (to, reference), and to copy one from [rsi] to [rdi]: with a collector there would be more to do. */
        .section .text.RhpAssignRef, "ax", @progbits
        routine RhpAssignRef, RhpCheckedAssignRef
RhpAssignRef:
RhpCheckedAssignRef:
        mov     [rdi], rsi
        ret
        end_routine RhpAssignRef

        .section .text.RhpByRefAssignRef, "ax", @progbits
        routine RhpByRefAssignRef
RhpByRefAssignRef:
        movsq
        ret
        end_routine RhpByRefAssignRef

/*
 * What the compiler calls before a frame larger than a page is used. There is nothing to be seen to: the kernel lets the stack grow wherever
 * it is touched, up to the limit of the process (setrlimit(2), 8 MB by default).
 */
        .section .text.RhpStackProbe, "ax", @progbits
        routine RhpStackProbe
RhpStackProbe:
        ret
        end_routine RhpStackProbe

/*
 * The end of a program that broke a rule: RhpThrowEx(message) writes one line to standard error and ends with the status that abort() has
 * in a shell. What is thrown is the message; see Abort.cs.
 */
        .section .text.RhpThrowEx, "ax", @progbits
        routine RhpThrowEx
RhpThrowEx:
        mov     rsi, rdi
        test    rdi, rdi
        jnz     1f
        lea     rsi, null_reference[rip]        /* the program's own "throw null" */
1:      xor     edx, edx
2:      inc     edx
        cmp     byte ptr [rsi + rdx], 0
        jne     2b
        mov     edi, 2                          /* standard error */
        mov     eax, 1                          /* write */
        syscall
        mov     edi, 134                        /* 128 + SIGABRT */
        mov     eax, 231                        /* exit_group */
        syscall
        end_routine RhpThrowEx
null_reference:
        .asciz  "null reference\n"

/* A stack buffer has overflowed. */
        .section .text.RhpFallbackFailFast, "ax", @progbits
        routine RhpFallbackFailFast
RhpFallbackFailFast:
        lea     rdi, stack_smashed[rip]
        jmp     RhpThrowEx
        end_routine RhpFallbackFailFast
stack_smashed:
        .asciz  "a stack buffer has overflowed\n"

/* What the compiler calls to fill and to copy memory: (to, length), (to, value, length) and (to, from, length). */
        .section .text.RhSpanHelpers_MemZero, "ax", @progbits
        routine RhSpanHelpers_MemZero
RhSpanHelpers_MemZero:
        xor     eax, eax
        mov     rcx, rsi
        rep stosb
        ret
        end_routine RhSpanHelpers_MemZero

        .section .text.RhSpanHelpers_MemSet, "ax", @progbits
        routine RhSpanHelpers_MemSet, memset
RhSpanHelpers_MemSet:
memset:
        mov     r8, rdi
        mov     eax, esi
        mov     rcx, rdx
        rep stosb
        mov     rax, r8                         /* memset returns where it wrote */
        ret
        end_routine RhSpanHelpers_MemSet

        .section .text.RhSpanHelpers_MemCopy, "ax", @progbits
        routine RhSpanHelpers_MemCopy, memcpy, memmove
RhSpanHelpers_MemCopy:
memcpy:
memmove:
        mov     rax, rdi
        mov     rcx, rdx
        mov     r8, rdi
        sub     r8, rsi
        cmp     r8, rdx                         /* the target begins within the source: from the end */
        jb      1f
        rep movsb
        ret
1:      lea     rdi, [rdi + rdx - 1]
        lea     rsi, [rsi + rdx - 1]
        std
        rep movsb
        cld
        ret
        end_routine RhSpanHelpers_MemCopy

/*
 * The remainder of a floating-point division, which no instruction of SSE gives: fprem is exact, and goes on where the numbers lie further apart than it can
 * do at once (bit 2 of the condition codes, C2).
 */
        .macro  remainder name, former, move, size
        .section .text.\name, "ax", @progbits
        routine \name, \former                /* the name that ILC 8 has for it */
\name:
\former:
        \move   [rsp - 8], xmm1
        fld     \size ptr [rsp - 8]
        \move   [rsp - 8], xmm0
        fld     \size ptr [rsp - 8]
1:      fprem
        fnstsw  ax
        test    ah, 4
        jnz     1b
        fstp    st(1)
        fstp    \size ptr [rsp - 8]
        \move   xmm0, [rsp - 8]
        ret
        end_routine \name
        .endm

        remainder fmod, RhpDblRem, movsd, qword
        remainder fmodf, RhpFltRem, movss, dword

/*
 * Conversions of double to whole numbers, which ILC 9 calls for and later ones write themselves: rounded to zero, the nearest that there is where it does not
 * fit, and 0 for what is no number.
 */
        .section .text.RhpDbl2Lng, "ax", @progbits
        routine RhpDbl2Int, RhpDbl2UInt, RhpDbl2Lng, RhpDbl2ULng
RhpDbl2Lng:
        cvttsd2si rax, xmm0                     /* 0x8000000000000000 where it does not fit */
        lea     rcx, [rax - 1]
        test    rax, rcx
        jnz     3f                              /* no power of two, and no such value */
        test    rax, rax
        jns     3f
        xorpd   xmm1, xmm1
        ucomisd xmm0, xmm1
        jp      2f
        jb      3f
        mov     rax, rcx                        /* the largest: all bits but the sign */
        ret
2:      xor     eax, eax
3:      ret

RhpDbl2Int:
        call    RhpDbl2Lng
        mov     rcx, 0x7FFFFFFF
        cmp     rax, rcx
        cmovg   rax, rcx
        not     rcx                             /* the smallest */
        cmp     rax, rcx
        cmovl   rax, rcx
        ret

RhpDbl2UInt:
        call    RhpDbl2Lng
        mov     ecx, 0xFFFFFFFF
        cmp     rax, rcx
        cmovg   rax, rcx
        xor     ecx, ecx
        test    rax, rax
        cmovs   rax, rcx
        ret

RhpDbl2ULng:
        mov     rcx, 0x43E0000000000000         /* 2^63 */
        movq    xmm1, rcx
        ucomisd xmm0, xmm1
        jp      1f
        jae     2f
1:      call    RhpDbl2Lng
        xor     ecx, ecx
        test    rax, rax
        cmovs   rax, rcx
        ret
2:      subsd   xmm0, xmm1
        call    RhpDbl2Lng
        mov     rcx, rax
        inc     rcx
        jo      3f                              /* 2^63 and more beyond 2^63 */
        btc     rax, 63
        ret
3:      mov     rax, -1
        ret
        end_routine RhpDbl2Lng

/* Nobody has to be waited for by a collector, and the value that guards stack buffers: both are never written. */
        .section .rodata.RhpTrapThreads, "a", @progbits
        .globl  RhpTrapThreads
        .balign 4
RhpTrapThreads:
        .long   0

        .section .rodata.__security_cookie, "a", @progbits
        .globl  __security_cookie
        .balign 8
__security_cookie:
        .quad   0x00000A0D5AA5FF01              /* with a line end and NULs, which text that runs over cannot repeat */

/*
 * A system call as a C function. C and the kernel agree on the registers of the first three arguments and of the fifth; the
 * fourth is in rcx for C, where the instruction syscall puts the return address, and in r10 for the kernel.
 */
        .macro  system_call name, number, arguments
        .section .text.\name, "ax", @progbits
        routine \name
\name:
        .if     \arguments >= 4
        mov     r10, rcx
        .endif
        .if     \number < 128
        push    \number                        /* two bytes less than mov */
        .cfi_adjust_cfa_offset 8
        pop     rax
        .cfi_adjust_cfa_offset -8
        .else
        mov     eax, \number
        .endif
        syscall
        ret
        end_routine \name
        .endm

        .include "SystemCalls.S"

        .section .note.GNU-stack, "", @progbits

# The yardstick: a forking TCP server that makes the calls of the article's server in the article's order, faults
# included, so that the end-to-end tests can compare them, call by call, with what the published sample/Hello makes.
#
#   as -o server.o server.s && ld -o server server.o && ./server
#
# One difference from the article: the port is the one that the build names (--defsym PORT=N), so that tests can run side by
# side. The benchmark names a backlog too (--defsym BACKLOG=N), for with the article's 0 clients wait for whole seconds, until they
# try again. Arguments of system calls go in rdi, rsi, rdx; the number in rax; the result comes back in rax.

        .equ    SYS_read, 0
        .equ    SYS_write, 1
        .equ    SYS_close, 3
        .equ    SYS_socket, 41
        .equ    SYS_accept, 43
        .equ    SYS_bind, 49
        .equ    SYS_listen, 50
        .equ    SYS_fork, 57
        .equ    SYS_exit, 60
        .equ    AF_INET, 2
        .equ    SOCK_STREAM, 1

        .ifndef PORT
        .equ    PORT, 8080
        .endif
        .ifndef BACKLOG
        .equ    BACKLOG, 0              # as the article has it
        .endif

        .globl  _start
        .text

_start: movl    $AF_INET, %edi
        movl    $SOCK_STREAM, %esi
        xorl    %edx, %edx
        movl    $SYS_socket, %eax
        syscall
        movl    %eax, %ebx              # ebx: the listener, for good

        movl    %ebx, %edi
        leaq    address(%rip), %rsi
        movl    $address_size, %edx
        movl    $SYS_bind, %eax
        syscall

        movl    %ebx, %edi
        movl    $BACKLOG, %esi
        movl    $SYS_listen, %eax
        syscall

next:   movl    %ebx, %edi
        xorl    %esi, %esi
        xorl    %edx, %edx
        movl    $SYS_accept, %eax
        syscall
        movl    %eax, %ebp              # ebp: the connection

        movl    $SYS_fork, %eax
        syscall
        testl   %eax, %eax
        jz      child

        movl    %ebp, %edi              # the parent keeps nothing of the connection
        movl    $SYS_close, %eax
        syscall
        jmp     next

child:  movl    %ebx, %edi              # the child keeps nothing of the listener
        movl    $SYS_close, %eax
        syscall

        movl    %ebp, %edi
        leaq    request(%rip), %rsi
        movl    $request_size, %edx
        movl    $SYS_read, %eax
        syscall

        movl    %ebp, %edi
        leaq    response(%rip), %rsi
        movl    $34, %edx               # one byte short of the response, as the article has it
        movl    $SYS_write, %eax
        syscall

        movl    %ebp, %edi
        movl    $SYS_close, %eax
        syscall

        xorl    %edi, %edi
        movl    $SYS_exit, %eax
        syscall

        .data
address:
        .short  AF_INET
        .byte   PORT >> 8, PORT & 255   # network byte order
        .long   0                       # every address
        .quad   0
        .equ    address_size, . - address

response:
        .ascii  "HTTP/1.0 200 OK FROM TCP SERVER\r\n\r\n"

        .bss
        .equ    request_size, 1024
        .lcomm  request, request_size

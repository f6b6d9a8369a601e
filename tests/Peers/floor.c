/*
 * The floor under servers that wait with epoll: one process that answers what it does not read. Each wake-up of a connection costs one
 * recv and one send, whatever the number of requests in it; they are counted by the empty line that ends each.
 *
 *   floor PORT          connections stay open
 *   floor PORT close    each is closed after its first response
 *   floor PORT wait     the same without epoll: accept, recv, send, close, one connection after the other
 *
 * A request is taken to come in one piece, as those of load generators do. What else goes wrong with a connection ends it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

/* Byte for byte what tests/Servers/Bench sends, but for the date. */
static const char response[] =
    "HTTP/1.1 200 OK\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n"
    "Content-Length: 14\r\n"
    "ETag: \"BRsOmKrESVnu\"\r\n"
    "Date: Thu, 01 Jan 1970 00:00:00 GMT\r\n"
    "\r\n"
    "Hello, World!\n";

enum {
    RESPONSE_SIZE = sizeof response - 1,
    REQUEST_SIZE = 2048,
    MAX_REQUESTS = REQUEST_SIZE / 4, /* an empty line is four bytes */
    MAX_EVENTS = 512,
};

static char responses[MAX_REQUESTS * RESPONSE_SIZE];

static void require(bool condition, const char *what)
{
    if (!condition) {
        perror(what);
        exit(1);
    }
}

static int listen_on(in_port_t port, int flags)
{
    struct sockaddr_in address = {
        .sin_family = AF_INET,
        .sin_port = htons(port),
        .sin_addr.s_addr = htonl(INADDR_LOOPBACK),
    };
    int on = 1;
    int listener = socket(AF_INET, SOCK_STREAM | flags, 0);
    require(listener >= 0, "socket");
    require(setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) == 0, "SO_REUSEADDR");
    require(setsockopt(listener, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "TCP_NODELAY"); /* accepted sockets inherit it */
    require(bind(listener, (struct sockaddr *)&address, sizeof address) == 0, "bind");
    require(listen(listener, 4096) == 0, "listen");
    return listener;
}

static void watch(int epoll, int descriptor)
{
    struct epoll_event event = { .events = EPOLLIN, .data.fd = descriptor };
    require(epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0, "epoll_ctl");
}

static void accept_all(int epoll, int listener)
{
    int connection;
    while ((connection = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
        watch(epoll, connection);
    }
}

static size_t count_requests(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    size_t count = 0;
    while ((bytes = memmem(bytes, (size_t)(end - bytes), "\r\n\r\n", 4)) != NULL) {
        bytes += 4;
        count++;
    }
    return count;
}

/* Answers what has come; says whether the connection goes on. */
static bool serve(int connection)
{
    char request[REQUEST_SIZE];
    ssize_t received = recv(connection, request, sizeof request, 0);
    if (received <= 0) {
        return false;
    }
    size_t length = count_requests(request, (size_t)received) * RESPONSE_SIZE;
    return send(connection, responses, length, MSG_NOSIGNAL) == (ssize_t)length;
}

/* What no server of short connections can do without. A client that is silent keeps all others waiting. */
static void serve_one_after_the_other(int listener)
{
    for (;;) {
        int connection = accept(listener, NULL, NULL);
        if (connection >= 0) {
            serve(connection);
            close(connection);
        }
    }
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: floor PORT [close|wait]\n", stderr);
        return 2;
    }
    bool keep_alive = argc == 2;
    bool waits = argc == 3 && strcmp(argv[2], "wait") == 0;
    for (size_t i = 0; i < MAX_REQUESTS; i++) {
        memcpy(responses + i * RESPONSE_SIZE, response, RESPONSE_SIZE);
    }

    int listener = listen_on((in_port_t)atoi(argv[1]), waits ? 0 : SOCK_NONBLOCK);
    if (waits) {
        serve_one_after_the_other(listener);
    }
    int epoll = epoll_create1(0);
    require(epoll >= 0, "epoll_create1");
    watch(epoll, listener);
    for (;;) {
        struct epoll_event events[MAX_EVENTS];
        int count = epoll_wait(epoll, events, MAX_EVENTS, -1);
        for (int i = 0; i < count; i++) {
            int descriptor = events[i].data.fd;
            if (descriptor == listener) {
                accept_all(epoll, listener);
            } else if (!serve(descriptor) || !keep_alive) {
                close(descriptor);
            }
        }
    }
}

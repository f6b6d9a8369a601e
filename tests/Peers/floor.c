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
#include "floor.h"
#include <sys/epoll.h>
#include <unistd.h>

enum {
    MAX_EVENTS = 512,
};

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
    fill_responses();

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

/* What the floors of tests/Peers share: their answer, their listener, and how they count requests without reading them. */
#ifndef FLOOR_H
#define FLOOR_H

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

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
};

static char responses[MAX_REQUESTS * RESPONSE_SIZE];

static inline void require(bool condition, const char *what)
{
    if (!condition) {
        perror(what);
        exit(1);
    }
}

static inline int listen_on(in_port_t port, int flags)
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

static inline size_t count_requests(const char *bytes, size_t length)
{
    const char *end = bytes + length;
    size_t count = 0;
    while ((bytes = memmem(bytes, (size_t)(end - bytes), "\r\n\r\n", 4)) != NULL) {
        bytes += 4;
        count++;
    }
    return count;
}

/* As many answers as requests can come in one piece lie one after the other. */
static inline void fill_responses(void)
{
    for (size_t i = 0; i < MAX_REQUESTS; i++) {
        memcpy(responses + i * RESPONSE_SIZE, response, RESPONSE_SIZE);
    }
}

#endif

/*
 * Asks a server at a constant rate, whatever it answers, and tells how long each answer took from the moment at which its request was
 * due. A generator that waits for an answer before it asks again leaves out just those requests that would have waited (coordinated
 * omission); here they are due all the same, wait for a connection that is free, and their wait is part of their latency.
 *
 *   latency PORT RATE SECONDS CONNECTIONS [PATH]    RATE is in requests per second
 *   latency buckets                                 reads numbers, and says for each the largest of its bucket
 *
 * A connection that the server ends is made anew, and its request is sent again and was due as before. It writes one line of what
 * happened, and then, for each bucket that is not empty, the largest latency in it (nanoseconds) and how many were in it.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum {
    SUBBUCKET_BITS = 7,                         /* a bucket is at most 1/128 as wide as what is in it */
    BUCKETS = (64 - SUBBUCKET_BITS + 1) << SUBBUCKET_BITS,
    MAX_CONNECTIONS = 4096,
    BUFFER_SIZE = 64 * 1024,                    /* of a whole response */
    GRACE_SECONDS = 30,                         /* for what is not answered in time */
};

static const uint64_t SECOND = 1000000000;

struct connection {
    int descriptor;
    uint64_t due;    /* when its request should have been sent */
    size_t received; /* of its response */
    char *buffer;
};

static uint64_t buckets[BUCKETS];
static struct connection connections[MAX_CONNECTIONS];
static struct connection *idle[MAX_CONNECTIONS];
static size_t idle_count;
static struct sockaddr_in server = { .sin_family = AF_INET };
static char request[1024];
static size_t request_length;
static int epoll;
static uint64_t answered, reconnected;

static void require(bool condition, const char *what)
{
    if (!condition) {
        perror(what);
        exit(1);
    }
}

static unsigned bucket_of(uint64_t value)
{
    unsigned bits = 64 - (unsigned)__builtin_clzll(value | 1);
    unsigned shift = bits > SUBBUCKET_BITS + 1 ? bits - SUBBUCKET_BITS - 1 : 0;
    return (shift << SUBBUCKET_BITS) + (unsigned)(value >> shift);
}

static uint64_t largest_of(unsigned bucket)
{
    unsigned shift = bucket >> (SUBBUCKET_BITS + 1) ? (bucket >> SUBBUCKET_BITS) - 1 : 0;
    return (((uint64_t)bucket - ((uint64_t)shift << SUBBUCKET_BITS) + 1) << shift) - 1;
}

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * SECOND + (uint64_t)time.tv_nsec;
}

/* Nobody listens for a moment where a server starts anew. */
static void open_connection(struct connection *connection)
{
    int on = 1;
    int descriptor = socket(AF_INET, SOCK_STREAM, 0);
    require(descriptor >= 0, "socket");
    uint64_t end = now() + GRACE_SECONDS * SECOND;
    while (connect(descriptor, (struct sockaddr *)&server, sizeof server) != 0) {
        require((errno == ECONNREFUSED || errno == ECONNRESET) && now() < end, "connect");
    }
    require(setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on) == 0, "TCP_NODELAY");
    struct epoll_event event = { .events = EPOLLIN | EPOLLRDHUP, .data.ptr = connection };
    require(epoll_ctl(epoll, EPOLL_CTL_ADD, descriptor, &event) == 0, "epoll_ctl");
    connection->descriptor = descriptor;
    connection->received = 0;
}

static void send_request(struct connection *connection);

/* What was asked on it is asked again: due is 0 where nothing was. */
static void reopen(struct connection *connection)
{
    close(connection->descriptor);
    reconnected++;
    open_connection(connection);
    if (connection->due != 0) {
        send_request(connection);
    }
}

static void send_request(struct connection *connection)
{
    if (send(connection->descriptor, request, request_length, MSG_NOSIGNAL) != (ssize_t)request_length) {
        reopen(connection);
    }
}

/* The length of the response that begins the buffer; 0 where its head is not there yet. */
static size_t response_length(char *buffer, size_t received)
{
    static const char field[] = "\r\ncontent-length:";
    char *end = memmem(buffer, received, "\r\n\r\n", 4);
    if (end == NULL) {
        return 0;
    }
    if (received < 12 || memcmp(buffer, "HTTP/1.1 200", 12) != 0) {
        fprintf(stderr, "latency: %.*s\n", (int)(end - buffer), buffer);
        exit(1);
    }
    for (char *line = buffer; line < end; line++) {
        if (strncasecmp(line, field, sizeof field - 1) == 0) {
            return (size_t)(end - buffer) + 4 + (size_t)strtoul(line + sizeof field - 1, NULL, 10);
        }
    }
    fputs("latency: a response without Content-Length\n", stderr);
    exit(1);
}

static void receive(struct connection *connection)
{
    ssize_t received = recv(connection->descriptor, connection->buffer + connection->received, BUFFER_SIZE - connection->received, MSG_DONTWAIT);
    if (received < 0 && errno == EAGAIN) {
        return;
    }
    if (received <= 0) {
        reopen(connection);
        return;
    }
    connection->received += (size_t)received;
    size_t length = response_length(connection->buffer, connection->received);
    if (length == 0 || connection->received < length) {
        return;
    }
    buckets[bucket_of(now() - connection->due)]++;
    answered++;
    connection->due = 0;
    connection->received = 0;
    idle[idle_count++] = connection;
}

/*
 * Sends what is due, and receives what has come, until all is answered. It does not sleep: to be woken takes longer than an answer. Of
 * the connections the one that was idle last is asked next.
 */
static uint64_t run(uint64_t rate, uint64_t total)
{
    uint64_t start = now() + SECOND / 100;
    uint64_t end = start + total * SECOND / rate + GRACE_SECONDS * SECOND;
    uint64_t sent = 0;
    while (answered < total) {
        uint64_t time = now();
        while (sent < total && idle_count > 0 && start + sent * SECOND / rate <= time) {
            struct connection *connection = idle[--idle_count];
            connection->due = start + sent++ * SECOND / rate;
            send_request(connection);
        }
        struct epoll_event events[64];
        int count = epoll_wait(epoll, events, 64, 0);
        for (int i = 0; i < count; i++) {
            receive(events[i].data.ptr);
        }
        if (time > end) {
            fprintf(stderr, "latency: %lu of %lu requests are not answered\n", (unsigned long)(total - answered), (unsigned long)total);
            exit(1);
        }
    }
    return now() - start;
}

static int tell_buckets(void)
{
    unsigned long value;
    while (scanf("%lu", &value) == 1) {
        printf("%lu\n", (unsigned long)largest_of(bucket_of(value)));
    }
    return 0;
}

int main(int argc, char **argv)
{
    if (argc == 2 && strcmp(argv[1], "buckets") == 0) {
        return tell_buckets();
    }
    if (argc < 5) {
        fputs("usage: latency PORT RATE SECONDS CONNECTIONS [PATH]\n       latency buckets\n", stderr);
        return 2;
    }
    server.sin_port = htons((in_port_t)atoi(argv[1]));
    server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    uint64_t rate = strtoul(argv[2], NULL, 10), seconds = strtoul(argv[3], NULL, 10);
    size_t count = strtoul(argv[4], NULL, 10);
    if (rate == 0 || seconds == 0 || count == 0 || count > MAX_CONNECTIONS) {
        fputs("latency: a number is out of range\n", stderr);
        return 2;
    }
    request_length = (size_t)snprintf(request, sizeof request, "GET %s HTTP/1.1\r\nHost: 127.0.0.1:%s\r\n\r\n", argc > 5 ? argv[5] : "/", argv[1]);
    epoll = epoll_create1(0);
    require(epoll >= 0, "epoll_create1");
    for (size_t i = 0; i < count; i++) {
        connections[i].buffer = malloc(BUFFER_SIZE);
        require(connections[i].buffer != NULL, "malloc");
        open_connection(&connections[i]);
        idle[idle_count++] = &connections[i];
    }
    uint64_t nanoseconds = run(rate, rate * seconds);
    printf("requests=%lu nanoseconds=%lu reconnected=%lu\n", (unsigned long)answered, (unsigned long)nanoseconds, (unsigned long)reconnected);
    for (unsigned i = 0; i < BUCKETS; i++) {
        if (buckets[i] > 0) {
            printf("%lu %lu\n", (unsigned long)largest_of(i), (unsigned long)buckets[i]);
        }
    }
    return 0;
}

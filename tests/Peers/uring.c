/*
 * floor.c with io_uring instead of epoll: what this kernel can do for a server that answers what it does not read. Connections are
 * accepted by one request for all of them into registered descriptors, each is received from by one request into buffers that the
 * kernel chooses, and what is sent and closed goes to the kernel together with the wait for more. The ring has one issuer and does its
 * work when it is asked (SINGLE_ISSUER, DEFER_TASKRUN), and is registered itself.
 *
 *   uring PORT          connections stay open
 *   uring PORT close    each is closed after its first response
 */
#define _GNU_SOURCE
#include "floor.h"
#include <errno.h>
#include <linux/io_uring.h>
#include <stdint.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

enum {
    ENTRIES = 2048,          /* of the submission queue; the completion queue has eight times as many */
    MAX_CONNECTIONS = 4096,
    BUFFERS = 1024,          /* a power of two, as the kernel wants it */
    BUFFER_GROUP = 0,
};

enum { ACCEPT, RECEIVE, SEND, CLOSE }; /* the upper half of user_data; the lower one is the descriptor's place */

static struct {
    int descriptor;
    unsigned *submission_head, *submission_tail, submission_mask;
    unsigned *completion_head, *completion_tail, completion_mask;
    struct io_uring_sqe *submissions;
    struct io_uring_cqe *completions;
    unsigned waiting; /* entries that the kernel has not been given yet */
} ring;

static struct io_uring_buf_ring *buffers;
static char (*memory)[REQUEST_SIZE];
static bool keep_alive;

static int enter(unsigned least)
{
    int submitted = (int)syscall(SYS_io_uring_enter, ring.descriptor, ring.waiting, least, IORING_ENTER_REGISTERED_RING | (least > 0 ? IORING_ENTER_GETEVENTS : 0), NULL, 0);
    if (submitted > 0) {
        ring.waiting -= (unsigned)submitted;
    }
    return submitted;
}

static struct io_uring_sqe *next_submission(uint8_t operation, unsigned kind, unsigned place)
{
    unsigned tail = *ring.submission_tail;
    while (tail - __atomic_load_n(ring.submission_head, __ATOMIC_ACQUIRE) > ring.submission_mask) {
        require(enter(0) >= 0, "io_uring_enter");
    }
    struct io_uring_sqe *entry = &ring.submissions[tail & ring.submission_mask];
    memset(entry, 0, sizeof *entry);
    entry->opcode = operation;
    entry->user_data = (uint64_t)kind << 32 | place;
    __atomic_store_n(ring.submission_tail, tail + 1, __ATOMIC_RELEASE);
    ring.waiting++;
    return entry;
}

static void accept_connections(int listener)
{
    struct io_uring_sqe *entry = next_submission(IORING_OP_ACCEPT, ACCEPT, 0);
    entry->fd = listener;
    entry->ioprio = IORING_ACCEPT_MULTISHOT;
    entry->file_index = IORING_FILE_INDEX_ALLOC;
}

/* A connection for one response is received from once: what receives again and again would keep it open after its end. */
static void receive(unsigned place)
{
    struct io_uring_sqe *entry = next_submission(IORING_OP_RECV, RECEIVE, place);
    entry->fd = (int)place;
    entry->flags = IOSQE_FIXED_FILE | IOSQE_BUFFER_SELECT;
    entry->buf_group = BUFFER_GROUP;
    entry->ioprio = keep_alive ? IORING_RECV_MULTISHOT : 0;
}

static void send_responses(unsigned place, size_t length)
{
    struct io_uring_sqe *entry = next_submission(IORING_OP_SEND, SEND, place);
    entry->fd = (int)place;
    entry->flags = IOSQE_FIXED_FILE | IOSQE_CQE_SKIP_SUCCESS | (keep_alive ? 0 : IOSQE_IO_LINK);
    entry->addr = (uint64_t)(uintptr_t)responses;
    entry->len = (unsigned)length;
    entry->msg_flags = MSG_NOSIGNAL | MSG_WAITALL;
}

static void close_connection(unsigned place)
{
    struct io_uring_sqe *entry = next_submission(IORING_OP_CLOSE, CLOSE, place);
    entry->file_index = place + 1;
    entry->flags = IOSQE_CQE_SKIP_SUCCESS;
}

static void give_buffer(unsigned number)
{
    unsigned short tail = buffers->tail;
    struct io_uring_buf *buffer = &buffers->bufs[tail & (BUFFERS - 1)];
    buffer->addr = (uint64_t)(uintptr_t)memory[number];
    buffer->len = REQUEST_SIZE;
    buffer->bid = (unsigned short)number;
    __atomic_store_n(&buffers->tail, (unsigned short)(tail + 1), __ATOMIC_RELEASE);
}

static void received(const struct io_uring_cqe *completion, unsigned place)
{
    if (completion->res == -ENOBUFS) { /* others have them, and give them back before the kernel is entered again */
        receive(place);
        return;
    }
    if (completion->res <= 0) {
        close_connection(place);
        return;
    }
    unsigned number = completion->flags >> IORING_CQE_BUFFER_SHIFT;
    size_t count = count_requests(memory[number], (size_t)completion->res);
    give_buffer(number);
    send_responses(place, count * RESPONSE_SIZE);
    if (!keep_alive) {
        close_connection(place);
    } else if (!(completion->flags & IORING_CQE_F_MORE)) {
        receive(place);
    }
}

static void completed(const struct io_uring_cqe *completion, int listener)
{
    unsigned place = (unsigned)completion->user_data;
    switch (completion->user_data >> 32) {
    case ACCEPT:
        if (completion->res >= 0) {
            receive((unsigned)completion->res);
        }
        if (!(completion->flags & IORING_CQE_F_MORE)) {
            accept_connections(listener);
        }
        break;
    case RECEIVE:
        received(completion, place);
        break;
    case SEND: /* only failures are told; where it stays open, its end is told to the request that receives, too */
        if (!keep_alive) {
            close_connection(place);
        }
        break;
    }
}

static void *map(size_t size, off_t offset)
{
    bool anonymous = offset < 0;
    void *address = mmap(NULL, size, PROT_READ | PROT_WRITE, anonymous ? MAP_PRIVATE | MAP_ANONYMOUS : MAP_SHARED | MAP_POPULATE, anonymous ? -1 : ring.descriptor, anonymous ? 0 : offset);
    require(address != MAP_FAILED, "mmap");
    return address;
}

static void register_with(unsigned operation, const void *argument, unsigned count, const char *what)
{
    require(syscall(SYS_io_uring_register, ring.descriptor, operation, argument, count) >= 0, what);
}

static void make_ring(void)
{
    struct io_uring_params parameters = {
        .flags = IORING_SETUP_SINGLE_ISSUER | IORING_SETUP_DEFER_TASKRUN | IORING_SETUP_CQSIZE,
        .cq_entries = 8 * ENTRIES,
    };
    ring.descriptor = (int)syscall(SYS_io_uring_setup, ENTRIES, &parameters);
    require(ring.descriptor >= 0, "io_uring_setup");
    /* Both queues, and behind them the order of the submissions, which stays as it is. */
    char *queues = map(parameters.sq_off.array + parameters.sq_entries * sizeof(unsigned), IORING_OFF_SQ_RING);
    ring.submissions = map(parameters.sq_entries * sizeof(struct io_uring_sqe), IORING_OFF_SQES);
    ring.submission_head = (unsigned *)(queues + parameters.sq_off.head);
    ring.submission_tail = (unsigned *)(queues + parameters.sq_off.tail);
    ring.submission_mask = parameters.sq_entries - 1;
    ring.completion_head = (unsigned *)(queues + parameters.cq_off.head);
    ring.completion_tail = (unsigned *)(queues + parameters.cq_off.tail);
    ring.completion_mask = parameters.cq_entries - 1;
    ring.completions = (struct io_uring_cqe *)(queues + parameters.cq_off.cqes);
    unsigned *order = (unsigned *)(queues + parameters.sq_off.array);
    for (unsigned i = 0; i < parameters.sq_entries; i++) {
        order[i] = i;
    }
}

static void register_all(void)
{
    static int none[MAX_CONNECTIONS];
    memset(none, -1, sizeof none);
    register_with(IORING_REGISTER_FILES, none, MAX_CONNECTIONS, "IORING_REGISTER_FILES");

    buffers = map(BUFFERS * sizeof(struct io_uring_buf), -1);
    memory = map(BUFFERS * sizeof *memory, -1);
    struct io_uring_buf_reg registration = { .ring_addr = (uint64_t)(uintptr_t)buffers, .ring_entries = BUFFERS, .bgid = BUFFER_GROUP };
    register_with(IORING_REGISTER_PBUF_RING, &registration, 1, "IORING_REGISTER_PBUF_RING");
    for (unsigned i = 0; i < BUFFERS; i++) {
        give_buffer(i);
    }

    struct io_uring_rsrc_update itself = { .offset = (unsigned)-1, .data = (uint64_t)ring.descriptor };
    register_with(IORING_REGISTER_RING_FDS, &itself, 1, "IORING_REGISTER_RING_FDS");
    ring.descriptor = (int)itself.offset;
}

int main(int argc, char **argv)
{
    if (argc < 2) {
        fputs("usage: uring PORT [close]\n", stderr);
        return 2;
    }
    keep_alive = argc == 2;
    fill_responses();
    make_ring();
    register_all();
    int listener = listen_on((in_port_t)atoi(argv[1]), 0);
    accept_connections(listener);
    for (;;) {
        require(enter(1) >= 0 || errno == EINTR || errno == EBUSY, "io_uring_enter");
        unsigned head = *ring.completion_head;
        unsigned tail = __atomic_load_n(ring.completion_tail, __ATOMIC_ACQUIRE);
        while (head != tail) {
            completed(&ring.completions[head++ & ring.completion_mask], listener);
        }
        __atomic_store_n(ring.completion_head, head, __ATOMIC_RELEASE);
    }
}

#include "wire.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "rp_bytes.h"

#define FRAME_SIZE 13u
#define MOST_BYTES 0x10000u

jmp_buf wire_next_life;

static void fail(const char *what)
{
    fprintf(stderr, "driver: %s\n", what);
    abort();
}

void wire_get(void *buffer, size_t size)
{
    for (size_t at = 0; at < size;) {
        const ssize_t got = read(STDIN_FILENO, (uint8_t *)buffer + at, size - at);
        if (got <= 0) {
            exit(got == 0 && at == 0 ? EXIT_SUCCESS : EXIT_FAILURE);
        }
        at += (size_t)got;
    }
}

uint32_t wire_get_u32(void)
{
    uint8_t bytes[4];
    wire_get(bytes, sizeof(bytes));
    return rp_u32(bytes);
}

static void put(wire_op_t op, uint32_t a, uint32_t b, const void *bytes, size_t size)
{
    static uint8_t s_frame[FRAME_SIZE + MOST_BYTES];
    if (size > MOST_BYTES) {
        fail("a frame is too long");
    }
    s_frame[0] = (uint8_t)op;
    rp_put_u32(s_frame + 1, a);
    rp_put_u32(s_frame + 5, b);
    rp_put_u32(s_frame + 9, (uint32_t)size);
    if (size > 0) {
        memcpy(s_frame + FRAME_SIZE, bytes, size);
    }
    for (size_t at = 0; at < FRAME_SIZE + size;) {
        const ssize_t put = write(STDOUT_FILENO, s_frame + at, FRAME_SIZE + size - at);
        if (put <= 0) {
            fail("the test does not listen");
        }
        at += (size_t)put;
    }
}

int wire_ask(wire_op_t op, uint32_t a, uint32_t b, const void *bytes, size_t size, void *answer, size_t room)
{
    uint8_t kind;
    put(op, a, b, bytes, size);
    wire_get(&kind, 1);
    if (kind == WIRE_ABANDON) {
        longjmp(wire_next_life, 1);
    }
    const uint32_t length = wire_get_u32();
    if (length > room) {
        fail("an answer is too long");
    }
    if (length > 0) {
        wire_get(answer, length);
    }
    return kind == WIRE_OK ? (int)length : -1;
}

void wire_result(uint32_t value, const void *bytes, size_t size)
{
    put(WIRE_RESULT, value, 0, bytes, size);
}

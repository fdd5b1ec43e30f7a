/**
 * @file wire.h
 * @brief What the driver and the test say to each other, over two pipes.
 *
 * The driver asks with a frame: one byte for what, three numbers of which the last one is the length of what follows.
 * The test answers with one byte, a length, and so many bytes. The same shape, the other way round, are commands.
 */
#pragma once

#include <setjmp.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef enum {
    WIRE_READ = 1,
    WIRE_WRITE,
    WIRE_ERASE,
    WIRE_RUNNING,
    WIRE_PROTECTED,
    WIRE_CONNECT,
    WIRE_OPEN,
    WIRE_RECEIVE,
    WIRE_CLOSE,
    WIRE_LOG,
    WIRE_WAIT,
    WIRE_RESTART,
    WIRE_RESULT,
} wire_op_t;

typedef enum {
    WIRE_OK = 0,
    WIRE_FAILED = 1,
    WIRE_ABANDON = 2,   /* The life of the device has ended here: power failed, or it restarted. */
} wire_answer_t;

/** Where an abandoned life goes on. */
extern jmp_buf wire_next_life;

/** Reads all of it; ends the program where the test has gone. */
void wire_get(void *buffer, size_t size);

uint32_t wire_get_u32(void);

/** Asks, and takes up to `room` bytes of answer; gives their number, -1 where the test says that it failed. */
int wire_ask(wire_op_t op, uint32_t a, uint32_t b, const void *bytes, size_t size, void *answer, size_t room);

/** The end of a command: nothing is answered. */
void wire_result(uint32_t value, const void *bytes, size_t size);

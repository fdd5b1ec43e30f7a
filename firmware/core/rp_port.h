/**
 * @file rp_port.h
 * @brief What the repartitioner asks of the world: flash, network, SHA-256, log, time.
 *
 * The core includes no header of ESP-IDF. It sees this structure of functions, which `port/` fills on a device and the
 * host tests fill on a computer. One call here is one effect of `core/sim/effect.ts`.
 *
 * Offsets and sizes are bytes of flash, offsets count from its start. Functions that can fail return RP_OK or a negative
 * number; a failure has changed nothing unless its description says otherwise. All of them run on one task.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define RP_OK 0
#define RP_FAIL (-1)

#define RP_SECTOR_SIZE 0x1000u
#define RP_BLOCK_SIZE 0x10000u
#define RP_SHA256_SIZE 32u

/** A size that nobody told. */
#define RP_UNKNOWN UINT32_MAX

/** What can be fetched; the port knows the address of each. */
typedef enum {
    RP_FETCH_REPARTITIONER = 0,
    RP_FETCH_MICROPYTHON = 1,
} rp_fetch_t;

/** What a server says before it sends a body. */
typedef struct {
    int status;                       /*!< of HTTP */
    uint32_t total;                   /*!< bytes of the whole file, RP_UNKNOWN where the server does not tell */
    uint32_t start;                   /*!< of the first byte that will come: 0 where the server does not resume */
    bool has_sha256;                  /*!< whether `sha256` was told */
    uint8_t sha256[RP_SHA256_SIZE];   /*!< of the whole file */
} rp_offer_t;

typedef struct {
    /** Given to each function as its first argument. */
    void *ctx;

    /** Reads bytes as the bootloader sees them. Any offset, any size, any buffer in RAM. */
    int (*read)(void *ctx, uint32_t offset, void *buffer, size_t size);

    /**
     * Clears bits, from RAM or from mapped flash. `offset` is a multiple of 4, `size` is any.
     * After a failure a part may have been written. RP_OK does not say what stands there now: read it back.
     */
    int (*write)(void *ctx, uint32_t offset, const void *bytes, size_t size);

    /**
     * Erases one sector or one block; `size` is RP_SECTOR_SIZE or RP_BLOCK_SIZE and `offset` a multiple of it.
     * After a failure a part may have been erased.
     */
    int (*erase)(void *ctx, uint32_t offset, size_t size);

    /**
     * Where the image that runs begins. Found out without the partition table, so that it is right while the table is
     * torn.
     */
    int (*running)(void *ctx, uint32_t *offset);

    /** Whether flash encryption or secure boot is on: then a plain table would be unreadable or images refused. */
    bool (*is_protected)(void *ctx);

    /**
     * Goes online, or finds that it is online already. Reads NVS, and so the partition table, when it is first called:
     * a torn table must have been healed before.
     */
    int (*connect)(void *ctx);

    /**
     * Asks a server for an image from byte `from` on. RP_OK as soon as any answer came, whatever its status;
     * a failure when nobody answered. At most one is open; it is closed with `fetch_close`, after a failure too.
     */
    int (*fetch_open)(void *ctx, rp_fetch_t which, uint32_t from, rp_offer_t *offer);

    /** Above 0: so many bytes came. 0: the body is at its end. Below 0: the connection broke or stalled. */
    int (*fetch_read)(void *ctx, void *buffer, size_t size);

    void (*fetch_close)(void *ctx);

    /** One SHA-256 at a time. */
    int (*sha256_start)(void *ctx);
    int (*sha256_update)(void *ctx, const void *bytes, size_t size);
    int (*sha256_finish)(void *ctx, uint8_t digest[RP_SHA256_SIZE]);

    /** One line without its end, `crossflash: ` included. Best effort: nothing depends on it. */
    void (*log)(void *ctx, const char *line);

    /** Waits and lets others run, so that no watchdog bites. */
    void (*wait)(void *ctx, uint32_t milliseconds);

    /** Does not return on a device. In a host test it may: the core returns to its caller after it. */
    void (*restart)(void *ctx);
} rp_port_t;

#ifdef __cplusplus
}
#endif

#include "port.h"

#include <string.h>

#include "rp_bytes.h"
#include "sha256.h"
#include "wire.h"

#define LARGEST_FLASH 0x1000000u
#define SECTORS (LARGEST_FLASH / RP_SECTOR_SIZE)
#define OFFER_SIZE (13u + RP_SHA256_SIZE)

/* What was read in this life is asked for once: nobody else changes flash while the repartitioner runs. */
static uint8_t s_flash[LARGEST_FLASH];
static bool s_is_known[SECTORS];
static uint32_t s_flash_size;
static sha256_t s_hash;

void port_reset(uint32_t flash_size)
{
    memset(s_is_known, 0, sizeof(s_is_known));
    s_flash_size = flash_size < LARGEST_FLASH ? flash_size : LARGEST_FLASH;
}

static bool is_inside(uint32_t offset, size_t size)
{
    return offset <= s_flash_size && size <= s_flash_size - offset;
}

static void forget(uint32_t offset, size_t size)
{
    for (size_t at = offset / RP_SECTOR_SIZE; at * RP_SECTOR_SIZE < offset + size; at++) {
        s_is_known[at] = false;
    }
}

static int port_read(void *ctx, uint32_t offset, void *buffer, size_t size)
{
    (void)ctx;
    if (!is_inside(offset, size)) {
        return RP_FAIL;
    }
    for (uint32_t at = offset / RP_SECTOR_SIZE; at * RP_SECTOR_SIZE < offset + size; at++) {
        uint8_t *sector = s_flash + at * RP_SECTOR_SIZE;
        if (!s_is_known[at]) {
            const uint32_t place = at * RP_SECTOR_SIZE;
            if (wire_ask(WIRE_READ, place, RP_SECTOR_SIZE, NULL, 0, sector, RP_SECTOR_SIZE) < 0) {
                return RP_FAIL;
            }
            s_is_known[at] = true;
        }
    }
    memcpy(buffer, s_flash + offset, size);
    return RP_OK;
}

/* What the port of a device refuses, this one refuses too: see rp_port.h. */
static int port_write(void *ctx, uint32_t offset, const void *bytes, size_t size)
{
    (void)ctx;
    if (!is_inside(offset, size) || offset % 4 != 0 || size % 4 != 0) {
        return RP_FAIL;
    }
    forget(offset, size);
    return wire_ask(WIRE_WRITE, offset, 0, bytes, size, NULL, 0) < 0 ? RP_FAIL : RP_OK;
}

static int port_erase(void *ctx, uint32_t offset, size_t size)
{
    (void)ctx;
    const bool is_unit = size == RP_SECTOR_SIZE || size == RP_BLOCK_SIZE;
    if (!is_inside(offset, size) || !is_unit || offset % size != 0) {
        return RP_FAIL;
    }
    forget(offset, size);
    return wire_ask(WIRE_ERASE, offset, (uint32_t)size, NULL, 0, NULL, 0) < 0 ? RP_FAIL : RP_OK;
}

static int port_running(void *ctx, uint32_t *offset)
{
    (void)ctx;
    uint8_t answer[4];
    if (wire_ask(WIRE_RUNNING, 0, 0, NULL, 0, answer, sizeof(answer)) != (int)sizeof(answer)) {
        return RP_FAIL;
    }
    *offset = rp_u32(answer);
    return RP_OK;
}

static bool port_is_protected(void *ctx)
{
    (void)ctx;
    return wire_ask(WIRE_PROTECTED, 0, 0, NULL, 0, NULL, 0) >= 0;
}

static int port_connect(void *ctx)
{
    (void)ctx;
    return wire_ask(WIRE_CONNECT, 0, 0, NULL, 0, NULL, 0) < 0 ? RP_FAIL : RP_OK;
}

static int port_fetch_open(void *ctx, rp_fetch_t which, uint32_t from, rp_offer_t *offer)
{
    (void)ctx;
    uint8_t answer[OFFER_SIZE];
    if (wire_ask(WIRE_OPEN, which, from, NULL, 0, answer, sizeof(answer)) != (int)sizeof(answer)) {
        return RP_FAIL;
    }
    offer->status = (int)rp_u32(answer);
    offer->total = rp_u32(answer + 4);
    offer->start = rp_u32(answer + 8);
    offer->has_sha256 = answer[12] != 0;
    memcpy(offer->sha256, answer + 13, RP_SHA256_SIZE);
    return RP_OK;
}

static int port_fetch_read(void *ctx, void *buffer, size_t size)
{
    (void)ctx;
    return wire_ask(WIRE_RECEIVE, (uint32_t)size, 0, NULL, 0, buffer, size);
}

static void port_fetch_close(void *ctx)
{
    (void)ctx;
    wire_ask(WIRE_CLOSE, 0, 0, NULL, 0, NULL, 0);
}

static int port_sha256_start(void *ctx)
{
    (void)ctx;
    sha256_start(&s_hash);
    return RP_OK;
}

static int port_sha256_update(void *ctx, const void *bytes, size_t size)
{
    (void)ctx;
    sha256_update(&s_hash, bytes, size);
    return RP_OK;
}

static int port_sha256_finish(void *ctx, uint8_t digest[RP_SHA256_SIZE])
{
    (void)ctx;
    sha256_finish(&s_hash, digest);
    return RP_OK;
}

static void port_log(void *ctx, const char *line)
{
    (void)ctx;
    wire_ask(WIRE_LOG, 0, 0, line, strlen(line), NULL, 0);
}

static void port_wait(void *ctx, uint32_t milliseconds)
{
    (void)ctx;
    wire_ask(WIRE_WAIT, milliseconds, 0, NULL, 0, NULL, 0);
}

static void port_restart(void *ctx)
{
    (void)ctx;
    wire_ask(WIRE_RESTART, 0, 0, NULL, 0, NULL, 0);
}

const rp_port_t port = {
    .ctx = NULL,
    .read = port_read,
    .write = port_write,
    .erase = port_erase,
    .running = port_running,
    .is_protected = port_is_protected,
    .connect = port_connect,
    .fetch_open = port_fetch_open,
    .fetch_read = port_fetch_read,
    .fetch_close = port_fetch_close,
    .sha256_start = port_sha256_start,
    .sha256_update = port_sha256_update,
    .sha256_finish = port_sha256_finish,
    .log = port_log,
    .wait = port_wait,
    .restart = port_restart,
};

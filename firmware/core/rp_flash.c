#include "rp_flash.h"

#include <string.h>

bool rp_read(rp_t *rp, uint32_t offset, void *buffer, size_t size)
{
    if (rp->port->read(rp->port->ctx, offset, buffer, size) == RP_OK) {
        return true;
    }
    memset(buffer, 0, size);
    return false;
}

static bool is_filled(const uint8_t *bytes, size_t size)
{
    for (size_t at = 0; at < size; at++) {
        if (bytes[at] != 0xff) {
            return false;
        }
    }
    return true;
}

bool rp_is_blank(rp_t *rp, uint32_t offset, uint32_t size)
{
    for (uint32_t at = 0; at < size; at += RP_SECTOR_SIZE) {
        const uint32_t piece = rp_piece(at, size);
        if (!rp_read(rp, offset + at, rp->scratch, piece) || !is_filled(rp->scratch, piece)) {
            return false;
        }
    }
    return true;
}

bool rp_is_equal(rp_t *rp, uint32_t a, uint32_t b, uint32_t size)
{
    for (uint32_t at = 0; at < size; at += RP_SECTOR_SIZE) {
        const uint32_t piece = rp_piece(at, size);
        if (!rp_read(rp, a + at, rp->head, piece) || !rp_read(rp, b + at, rp->scratch, piece)
                || memcmp(rp->head, rp->scratch, piece) != 0) {
            return false;
        }
    }
    return true;
}

bool rp_digest_of(rp_t *rp, const void *bytes, size_t size, uint8_t digest[RP_SHA256_SIZE])
{
    const rp_port_t *port = rp->port;
    return port->sha256_start(port->ctx) == RP_OK && port->sha256_update(port->ctx, bytes, size) == RP_OK
           && port->sha256_finish(port->ctx, digest) == RP_OK;
}

bool rp_digest_at(rp_t *rp, uint32_t offset, uint32_t size, uint8_t digest[RP_SHA256_SIZE])
{
    const rp_port_t *port = rp->port;
    if (port->sha256_start(port->ctx) != RP_OK) {
        return false;
    }
    for (uint32_t at = 0; at < size; at += RP_SECTOR_SIZE) {
        const uint32_t piece = rp_piece(at, size);
        if (!rp_read(rp, offset + at, rp->scratch, piece)
                || port->sha256_update(port->ctx, rp->scratch, piece) != RP_OK) {
            return false;
        }
    }
    return port->sha256_finish(port->ctx, digest) == RP_OK;
}

#include "rp_copy.h"

#include "rp_erase.h"
#include "rp_flash.h"
#include "rp_image.h"
#include "rp_receive.h"

static bool copy_sector(rp_t *rp, uint32_t from, uint32_t to, uint32_t at, uint32_t size)
{
    const uint32_t piece = rp_piece(at, size);
    if (!rp_read(rp, from + at, rp->scratch, piece)) {
        return false;
    }
    rp->port->write(rp->port->ctx, to + at, rp->scratch, piece);
    return true;
}

static bool copy(rp_t *rp, uint32_t from, uint32_t to, uint32_t size)
{
    if (!rp_erase_extent(rp, to, size)) {
        return false;
    }
    for (uint32_t at = RP_SECTOR_SIZE; at < size; at += RP_SECTOR_SIZE) {
        if (!copy_sector(rp, from, to, at, size)) {
            return false;
        }
    }
    return copy_sector(rp, from, to, 0, size) && rp_is_equal(rp, from, to, size);
}

static bool receive_copy(rp_t *rp, uint32_t from, uint32_t to, uint32_t size)
{
    uint8_t head[RP_SHA256_SIZE];
    const uint32_t head_size = rp_piece(0, size);
    if (!rp_read(rp, from, rp->scratch, head_size) || !rp_digest_of(rp, rp->scratch, head_size, head)) {
        return false;
    }
    const rp_download_t download = { .image = RP_FETCH_REPARTITIONER, .offset = to, .size = size, .head = head };
    return rp_receive(rp, &download) == RP_RECEIVED && rp_is_equal(rp, from, to, size);
}

bool rp_copy_to(rp_t *rp, const rp_row_t *slot, const rp_row_t *running)
{
    const uint32_t size = rp_image_length(rp, running->offset, running->size);
    if (size == 0 || size > slot->size) {
        return false;
    }
    return copy(rp, running->offset, slot->offset, size) || receive_copy(rp, running->offset, slot->offset, size);
}

bool rp_is_copy(rp_t *rp, const rp_row_t *slot, const rp_row_t *running)
{
    const uint32_t size = rp_image_length(rp, running->offset, running->size);
    return size > 0 && size <= slot->size && rp_is_equal(rp, running->offset, slot->offset, size);
}

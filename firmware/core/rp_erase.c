#include "rp_erase.h"

#include "rp_flash.h"
#include "rp_units.h"

bool rp_erase_extent(rp_t *rp, uint32_t offset, uint32_t size)
{
    const uint64_t end = ((uint64_t)offset + size + RP_SECTOR_SIZE - 1) / RP_SECTOR_SIZE * RP_SECTOR_SIZE;
    uint64_t at = offset;
    while (at < end) {
        const uint32_t unit = at % RP_BLOCK_SIZE == 0 && at + RP_BLOCK_SIZE <= end ? RP_BLOCK_SIZE : RP_SECTOR_SIZE;
        if (!rp_erase_unit(rp, (uint32_t)at, unit)) {
            return false;
        }
        at += unit;
    }
    return true;
}

bool rp_erase_unit(rp_t *rp, uint32_t offset, uint32_t size)
{
    for (uint32_t attempt = 0; attempt < RP_ATTEMPTS; attempt++) {
        if (rp_is_blank(rp, offset, size)) {
            return true;
        }
        rp->port->erase(rp->port->ctx, offset, size);
    }
    return rp_is_blank(rp, offset, size);
}

#include "rp_ota_entry.h"

#include <string.h>

#include "rp_bytes.h"
#include "rp_flash.h"

#define BLANK_SEQ 0xffffffffu
/** There are at most 16 slots in either table, so their numbers repeat after 256 at the latest. */
#define MOST_STEPS 256u

uint32_t rp_seq_crc(uint32_t seq)
{
    uint32_t crc = seq;
    for (int bit = 0; bit < 32; bit++) {
        crc = (crc >> 1) ^ ((crc & 1) != 0 ? 0xedb88320u : 0);
    }
    return ~crc;
}

void rp_ota_entry(uint32_t seq, uint8_t entry[RP_OTA_ENTRY_SIZE])
{
    memset(entry, 0xff, RP_OTA_ENTRY_SIZE);
    rp_put_u32(entry, seq);
    rp_put_u32(entry + 28, rp_seq_crc(seq));
}

bool rp_read_active(rp_t *rp, uint32_t offset, rp_active_t *active)
{
    *active = (rp_active_t) { .is_active = false };
    for (uint32_t sector = 0; sector < 2; sector++) {
        uint8_t entry[RP_OTA_ENTRY_SIZE];
        if (!rp_read(rp, offset + sector * RP_SECTOR_SIZE, entry, sizeof(entry))) {
            return false;
        }
        const uint32_t seq = rp_u32(entry);
        const uint32_t state = rp_u32(entry + 24);
        const bool is_usable = seq != BLANK_SEQ && state != RP_OTA_STATE_INVALID && state != RP_OTA_STATE_ABORTED
                               && rp_u32(entry + 28) == rp_seq_crc(seq);
        if (is_usable && (!active->is_active || seq > active->seq)) {
            *active = (rp_active_t) { .is_active = true, .sector = sector, .seq = seq, .state = state };
        }
    }
    return true;
}

/* `ota_seq - 1` is unsigned: 0 becomes the largest number. */
static bool selects(uint32_t seq, const rp_choice_t *slot)
{
    return slot->count > 0 && (seq - 1u) % slot->count == slot->index;
}

bool rp_selects_all(uint32_t seq, const rp_choice_t *slots, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        if (!selects(seq, &slots[at])) {
            return false;
        }
    }
    return true;
}

uint32_t rp_next_seq(uint32_t last, const rp_choice_t *slots, size_t count)
{
    for (uint32_t step = 1; step <= MOST_STEPS && last < BLANK_SEQ - step; step++) {
        if (rp_selects_all(last + step, slots, count)) {
            return last + step;
        }
    }
    return 0;
}

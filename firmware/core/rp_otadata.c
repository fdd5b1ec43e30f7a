#include "rp_otadata.h"

#include <string.h>

#include "rp_erase.h"
#include "rp_flash.h"
#include "rp_ota_entry.h"
#include "rp_units.h"

static bool all_known(const rp_choice_t *choices, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        if (!choices[at].is_known) {
            return false;
        }
    }
    return true;
}

static bool all_slots(const rp_choice_t *choices, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        if (choices[at].is_factory) {
            return false;
        }
    }
    return true;
}

static bool all_default(const rp_choice_t *choices, size_t count)
{
    for (size_t at = 0; at < count; at++) {
        if (!choices[at].is_default) {
            return false;
        }
    }
    return true;
}

/* Where one of the choices is the factory app, only otadata without an entry that counts selects all of them. */
static bool is_held(const rp_active_t *active, const rp_choice_t *choices, size_t count)
{
    if (!all_slots(choices, count)) {
        return !active->is_active && all_default(choices, count);
    }
    const bool is_safe = active->state == RP_OTA_STATE_VALID || active->state == RP_OTA_STATE_UNDEFINED;
    return active->is_active && is_safe && rp_selects_all(active->seq, choices, count);
}

static bool write_entry(rp_t *rp, uint32_t at, const uint8_t entry[RP_OTA_ENTRY_SIZE])
{
    for (uint32_t attempt = 0; attempt < RP_ATTEMPTS; attempt++) {
        uint8_t found[RP_OTA_ENTRY_SIZE];
        if (!rp_erase_unit(rp, at, RP_SECTOR_SIZE)) {
            return false;
        }
        rp->port->write(rp->port->ctx, at, entry, RP_OTA_ENTRY_SIZE);
        if (rp_read(rp, at, found, sizeof(found)) && memcmp(found, entry, sizeof(found)) == 0) {
            return true;
        }
    }
    return false;
}

static bool select_update_slot(rp_t *rp, uint32_t offset, const rp_active_t *active, const rp_choice_t *slots, size_t count)
{
    const uint32_t seq = rp_next_seq(active->is_active ? active->seq : 0, slots, count);
    if (seq == 0) {
        return false;
    }
    uint8_t entry[RP_OTA_ENTRY_SIZE];
    rp_ota_entry(seq, entry);
    const uint32_t sector = active->is_active && active->sector == 0 ? 1 : 0;
    return write_entry(rp, offset + sector * RP_SECTOR_SIZE, entry);
}

/* Makes otadata blank. The entry that counts goes last, so that there is never a third choice. */
static bool select_default(rp_t *rp, uint32_t offset, const rp_active_t *active, const rp_choice_t *choices, size_t count)
{
    if (!all_default(choices, count)) {
        return false;
    }
    const uint32_t last = offset + (active->sector == 0 ? 0 : RP_SECTOR_SIZE);
    const uint32_t first = offset + (active->sector == 0 ? RP_SECTOR_SIZE : 0);
    return rp_erase_unit(rp, first, RP_SECTOR_SIZE) && rp_erase_unit(rp, last, RP_SECTOR_SIZE);
}

rp_selection_t rp_select_slot(rp_t *rp, const rp_rows_t *rows, const rp_choice_t *choices, size_t count)
{
    const rp_row_t *place = rp_otadata_of(rows);
    if (place == NULL || !all_known(choices, count)) {
        return RP_SELECTION_FAILED;
    }
    rp_active_t active;
    if (!rp_read_active(rp, place->offset, &active)) {
        return RP_SELECTION_FAILED;
    }
    if (is_held(&active, choices, count)) {
        return RP_SELECTION_KEPT;
    }
    const bool is_done = all_slots(choices, count) ? select_update_slot(rp, place->offset, &active, choices, count)
                                                   : select_default(rp, place->offset, &active, choices, count);
    return is_done ? RP_SELECTION_WRITTEN : RP_SELECTION_FAILED;
}

bool rp_is_selected(rp_t *rp, const rp_rows_t *rows, const rp_choice_t *choices, size_t count)
{
    const rp_row_t *place = rp_otadata_of(rows);
    if (place == NULL || !all_known(choices, count)) {
        return false;
    }
    rp_active_t active;
    return rp_read_active(rp, place->offset, &active) && is_held(&active, choices, count);
}

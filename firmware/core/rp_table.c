#include "rp_table.h"

#include "rp_bytes.h"

#define APP 0x00u
#define DATA 0x01u
#define FACTORY 0x00u
#define OTADATA 0x00u
#define OTA_0 0x10u
#define OTA_SLOTS 16u

typedef bool (*holds_t)(uint8_t found, uint8_t wanted);

static bool is_same(uint8_t found, uint8_t wanted)
{
    return found == wanted;
}

/* Programming only clears bits and erasing only sets them. */
static bool has_bits_of(uint8_t found, uint8_t wanted)
{
    return (found & wanted) == wanted;
}

static bool compares(const uint8_t *found, const uint8_t *table, size_t size, holds_t holds)
{
    for (size_t at = 0; at < size; at++) {
        if (!holds(found[at], table[at])) {
            return false;
        }
    }
    return true;
}

rp_table_state_t rp_table_state(const uint8_t *found, const rp_config_t *config)
{
    if (compares(found, config->target_table, RP_TABLE_SIZE, is_same)) {
        return RP_TABLE_TARGET;
    }
    if (compares(found, config->source_table, RP_TABLE_SIZE, is_same)) {
        return RP_TABLE_SOURCE;
    }
    return compares(found, config->target_table, RP_TABLE_SIZE, has_bits_of)
                   || compares(found, config->source_table, RP_TABLE_SIZE, has_bits_of)
               ? RP_TABLE_TORN
               : RP_TABLE_FOREIGN;
}

bool rp_can_be_programmed(const uint8_t *found, const uint8_t *sector)
{
    return compares(found, sector, RP_SECTOR_SIZE, has_bits_of);
}

void rp_rows_of(const uint8_t *table, rp_rows_t *rows)
{
    rows->count = 0;
    for (size_t at = 0; at < RP_TABLE_SIZE && table[at] == 0xaa && table[at + 1] == 0x50; at += RP_ROW_SIZE) {
        rp_row_t *row = &rows->row[rows->count++];
        row->type = table[at + 2];
        row->subtype = table[at + 3];
        row->offset = rp_u32(table + at + 4);
        row->size = rp_u32(table + at + 8);
    }
}

static uint64_t end_of(const rp_row_t *row)
{
    return (uint64_t)row->offset + row->size;
}

void rp_rows_keep_plausible(rp_rows_t *rows, uint32_t table_offset, uint32_t flash_size)
{
    size_t kept = 0;
    for (size_t at = 0; at < rows->count; at++) {
        const rp_row_t row = rows->row[at];
        if (row.offset >= (uint64_t)table_offset + RP_SECTOR_SIZE && row.offset % RP_SECTOR_SIZE == 0 && row.size > 0
                && end_of(&row) <= flash_size) {
            rows->row[kept++] = row;
        }
    }
    rows->count = kept;
}

static bool is_slot(const rp_row_t *row)
{
    return row->type == APP && row->subtype >= OTA_0 && row->subtype < OTA_0 + OTA_SLOTS;
}

static bool is_factory(const rp_row_t *row)
{
    return row->type == APP && row->subtype == FACTORY;
}

bool rp_row_is_app(const rp_row_t *row)
{
    return is_slot(row) || is_factory(row);
}

const rp_row_t *rp_app_at(const rp_rows_t *rows, uint32_t offset)
{
    for (size_t at = 0; at < rows->count; at++) {
        if (rp_row_is_app(&rows->row[at]) && rows->row[at].offset == offset) {
            return &rows->row[at];
        }
    }
    return NULL;
}

bool rp_rows_overlap(const rp_row_t *a, const rp_row_t *b)
{
    return a->offset < end_of(b) && b->offset < end_of(a);
}

static bool stands_alone(const rp_rows_t *rows, const rp_row_t *place)
{
    for (size_t at = 0; at < rows->count; at++) {
        if (&rows->row[at] != place && rp_rows_overlap(&rows->row[at], place)) {
            return false;
        }
    }
    return true;
}

const rp_row_t *rp_otadata_of(const rp_rows_t *rows)
{
    for (size_t at = 0; at < rows->count; at++) {
        const rp_row_t *row = &rows->row[at];
        if (row->type == DATA && row->subtype == OTADATA) {
            return row->size >= RP_OTADATA_SIZE && stands_alone(rows, row) ? row : NULL;
        }
    }
    return NULL;
}

static size_t count_rows(const rp_rows_t *rows, bool (*is_counted)(const rp_row_t *row))
{
    size_t count = 0;
    for (size_t at = 0; at < rows->count; at++) {
        count += is_counted(&rows->row[at]) ? 1 : 0;
    }
    return count;
}

rp_choice_t rp_choice_of(const rp_rows_t *rows, uint32_t offset)
{
    rp_choice_t choice = { .is_known = false };
    const rp_row_t *app = rp_app_at(rows, offset);
    if (app == NULL) {
        return choice;
    }
    choice.is_known = true;
    choice.is_factory = is_factory(app);
    choice.is_default = choice.is_factory || (app->subtype == OTA_0 && count_rows(rows, is_factory) == 0);
    choice.index = choice.is_factory ? 0 : app->subtype - OTA_0;
    choice.count = (uint32_t)count_rows(rows, is_slot);
    return choice;
}

uint64_t rp_table_end(const rp_rows_t *rows)
{
    uint64_t end = 0;
    for (size_t at = 0; at < rows->count; at++) {
        end = end_of(&rows->row[at]) > end ? end_of(&rows->row[at]) : end;
    }
    return end;
}

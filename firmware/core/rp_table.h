/**
 * @file rp_table.h
 * @brief Partition tables in flash: which one it is, its rows, and how otadata selects an app of it.
 *
 * Whatever stands in flash may be anybody's: nothing here trusts a number of it.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "rp_config.h"
#include "rp_decide.h"

#ifdef __cplusplus
extern "C" {
#endif

#define RP_ROW_SIZE 32u
#define RP_MAX_ROWS (RP_TABLE_SIZE / RP_ROW_SIZE)
/** The largest flash that the header of a bootloader can name. */
#define RP_LARGEST_FLASH 0x8000000u
/** Of otadata: two sectors. */
#define RP_OTADATA_SIZE (2u * RP_SECTOR_SIZE)

/** A row of a table. */
typedef struct {
    uint8_t type;
    uint8_t subtype;
    uint32_t offset;
    uint32_t size;
} rp_row_t;

typedef struct {
    size_t count;
    rp_row_t row[RP_MAX_ROWS];
} rp_rows_t;

/** How otadata selects an app: by a number modulo the number of update slots, or by being blank. */
typedef struct {
    bool is_known;     /*!< whether there is an app at all */
    bool is_factory;   /*!< `index` means nothing then */
    bool is_default;   /*!< whether it is what starts while otadata is blank */
    uint32_t index;    /*!< of the update slot */
    uint32_t count;    /*!< update slots of the table */
} rp_choice_t;

/** What the sector of the table holds, by its first RP_TABLE_SIZE bytes: the bootloader reads no others. */
rp_table_state_t rp_table_state(const uint8_t *found, const rp_config_t *config);

/** Whether writing a whole sector over `found` gives it without erasing before. */
bool rp_can_be_programmed(const uint8_t *found, const uint8_t *sector);

/** The rows up to the first that is none. */
void rp_rows_of(const uint8_t *table, rp_rows_t *rows);

/** Leaves only rows that could be of a device: aligned, behind the table, inside the flash. */
void rp_rows_keep_plausible(rp_rows_t *rows, uint32_t table_offset, uint32_t flash_size);

bool rp_row_is_app(const rp_row_t *row);

/** NULL where there is none. */
const rp_row_t *rp_app_at(const rp_rows_t *rows, uint32_t offset);

/** Where otadata stands; NULL where it is too small for two entries, or shares flash with something else. */
const rp_row_t *rp_otadata_of(const rp_rows_t *rows);

/** How otadata selects the app at this offset. */
rp_choice_t rp_choice_of(const rp_rows_t *rows, uint32_t offset);

bool rp_rows_overlap(const rp_row_t *a, const rp_row_t *b);

/** Where the last partition ends. */
uint64_t rp_table_end(const rp_rows_t *rows);

#ifdef __cplusplus
}
#endif

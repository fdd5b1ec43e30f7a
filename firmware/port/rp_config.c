/**
 * @file rp_config.c
 * @brief What `repartition.h` says, as the core wants it. Crossflash writes that header from the plan, and it stops a
 * build for another chip or another place of the table.
 */
#include "rp_idf.h"

#include "repartition.h"

_Static_assert(sizeof(source_table) == RP_TABLE_SIZE, "source_table has 0xC00 bytes");
_Static_assert(sizeof(final_table) == RP_SECTOR_SIZE, "final_table has 0x1000 bytes");

static const rp_extent_t s_erase_list[REPARTITION_ERASE_COUNT] = REPARTITION_ERASE_LIST;

const rp_config_t rp_config = {
    .table_offset = REPARTITION_TABLE_OFFSET,
    .source_table = (const uint8_t *)source_table,
    .target_table = (const uint8_t *)final_table,
    .runner_offset = REPARTITION_RUNNER_OFFSET,
    .receiver_offset = REPARTITION_RECEIVER_OFFSET,
    .erase_list = s_erase_list,
    .erase_count = REPARTITION_ERASE_COUNT,
    .filesystem_offset = REPARTITION_FILESYSTEM_OFFSET,
    .chip_id = REPARTITION_CHIP_ID,
    .bootloader_offset = REPARTITION_BOOTLOADER_OFFSET,
    .micropython_size = REPARTITION_MICROPYTHON_SIZE,
    .micropython_sha256 = REPARTITION_MICROPYTHON_SHA256,
    .micropython_head_sha256 = REPARTITION_MICROPYTHON_HEAD_SHA256,
};

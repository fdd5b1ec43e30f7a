/**
 * @file rp_config.c
 * @brief What `repartition.h` says, as the core wants it. The header is written by Crossflash from the plan.
 */
#include "sdkconfig.h"

#include "rp_idf.h"

#include "repartition.h"

#if defined(CONFIG_PARTITION_TABLE_OFFSET) && CONFIG_PARTITION_TABLE_OFFSET != RP_TABLE_OFFSET
#error "CONFIG_PARTITION_TABLE_OFFSET is not where repartition.h has the table of the devices"
#endif

#if defined(CONFIG_IDF_FIRMWARE_CHIP_ID) && CONFIG_IDF_FIRMWARE_CHIP_ID != RP_CHIP_ID
#error "repartition.h was written for another chip than this build is for"
#endif

_Static_assert(sizeof(source_table) == RP_TABLE_SIZE, "source_table has 0xC00 bytes");
_Static_assert(sizeof(final_table) == RP_SECTOR_SIZE, "final_table has 0x1000 bytes");

static const rp_extent_t s_erase_list[] = RP_ERASE_LIST;

const rp_config_t rp_config = {
    .table_offset = RP_TABLE_OFFSET,
    .source_table = (const uint8_t *)source_table,
    .target_table = (const uint8_t *)final_table,
    .runner_offset = RP_RUNNER_OFFSET,
    .receiver_offset = RP_RECEIVER_OFFSET,
    .erase_list = s_erase_list,
    .erase_count = sizeof(s_erase_list) / sizeof(s_erase_list[0]),
    .filesystem_offset = RP_FILESYSTEM_OFFSET,
    .chip_id = RP_CHIP_ID,
    .bootloader_offset = RP_BOOTLOADER_OFFSET,
    .micropython_size = RP_MICROPYTHON_SIZE,
    .micropython_sha256 = RP_MICROPYTHON_SHA256,
    .micropython_head_sha256 = RP_MICROPYTHON_HEAD_SHA256,
};

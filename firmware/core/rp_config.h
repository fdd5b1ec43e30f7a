/**
 * @file rp_config.h
 * @brief What the repartitioner is told: the two tables and the places that follow from them.
 *
 * Generated into `repartition.h` from the plan of the migration; `port/rp_config.c` fills it in on a device. The same as
 * `RepartitionerConfig` of `core/sim/repartitioner/config.ts`. Slot numbers, slot sizes and the place of otadata are read
 * from the tables themselves.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

#include "rp_port.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of a table that the bootloader reads: 96 rows. */
#define RP_TABLE_SIZE 0xC00u

/** A stretch of flash. */
typedef struct {
    uint32_t offset;
    uint32_t size;
} rp_extent_t;

typedef struct {
    uint32_t table_offset;           /*!< of the partition table; compiled into the bootloader, so it never moves */
    const uint8_t *source_table;     /*!< RP_TABLE_SIZE bytes: what the device has today */
    const uint8_t *target_table;     /*!< RP_SECTOR_SIZE bytes, `final_table`: what it is to have */
    uint32_t runner_offset;          /*!< of the slot the repartitioner runs from when it writes the table */
    uint32_t receiver_offset;        /*!< of the slot of the target table that MicroPython goes to */
    const rp_extent_t *erase_list;   /*!< what must be blank before the table is written */
    size_t erase_count;
    uint32_t filesystem_offset;      /*!< where MicroPython's filesystem begins */
    uint16_t chip_id;                /*!< as in the header of an image */
    uint32_t bootloader_offset;      /*!< 0x1000 of ESP32; its header tells how large the flash is believed to be */
    uint32_t micropython_size;       /*!< bytes of the image that is downloaded */
    uint8_t micropython_sha256[RP_SHA256_SIZE];
    uint8_t micropython_head_sha256[RP_SHA256_SIZE];   /*!< of its first RP_SECTOR_SIZE bytes, or of all where fewer */
} rp_config_t;

#ifdef __cplusplus
}
#endif

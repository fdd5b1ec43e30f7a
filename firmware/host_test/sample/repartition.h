/* The names that firmware/port/rp_config.c expects of a generated header; the tables are blank. */
#pragma once

#include <stdint.h>

#define REPARTITION_TABLE_OFFSET 0x8000
#define REPARTITION_BOOTLOADER_OFFSET 0x1000
#define REPARTITION_CHIP_ID 0x0000
#define REPARTITION_RUNNER_OFFSET 0x10000
#define REPARTITION_RECEIVER_OFFSET 0x150000
#define REPARTITION_FILESYSTEM_OFFSET 0x2D0000
#define REPARTITION_ERASE_COUNT 1
#define REPARTITION_ERASE_LIST { { 0x2D0000, 0x130000 } }
#define REPARTITION_MICROPYTHON_SIZE 1505088
#define REPARTITION_MICROPYTHON_SHA256 { 0x01, 0x23 }
#define REPARTITION_MICROPYTHON_HEAD_SHA256 { 0x45, 0x67 }

static const uint8_t source_table[0xC00] = { 0xFF };
static const char final_table[0x1000] = { 0x7F };

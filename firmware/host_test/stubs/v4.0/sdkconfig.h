/* v4.0, as of the options that the repartitioner looks at. */
#pragma once

#include "crossflash_options.h"

#define CONFIG_PARTITION_TABLE_OFFSET 0x8000

#ifdef STUB_IS_ESP32C3
#define CONFIG_IDF_TARGET_ESP32C3 1
#define CONFIG_IDF_FIRMWARE_CHIP_ID 0x0005
#else
#define CONFIG_IDF_TARGET_ESP32 1
#define CONFIG_IDF_FIRMWARE_CHIP_ID 0x0000
#endif

#ifndef STUB_TABLE_IS_GUARDED
#define CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED 1
#endif

/* v3.3, as of the options that the repartitioner looks at. */
#pragma once

#include "crossflash_options.h"

#define CONFIG_PARTITION_TABLE_OFFSET 0x8000
#define STUB_ESP32_HAS_NO_NAME 1

#ifndef STUB_TABLE_IS_GUARDED
#define CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED 1
#endif

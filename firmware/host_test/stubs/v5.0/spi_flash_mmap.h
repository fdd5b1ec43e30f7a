/* v5.0 and later: reading and writing went to esp_flash.h. */
#pragma once

#include "esp_err.h"

#define SPI_FLASH_CACHE2PHYS_FAIL UINT32_MAX

size_t spi_flash_cache2phys(const void *cached);

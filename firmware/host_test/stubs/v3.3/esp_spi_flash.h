/* v3.3 to v4.0. */
#pragma once

#include "esp_err.h"

#define SPI_FLASH_SEC_SIZE 4096
#define SPI_FLASH_CACHE2PHYS_FAIL UINT32_MAX

esp_err_t spi_flash_read(size_t src_addr, void *dest, size_t size);
esp_err_t spi_flash_write(size_t dest_addr, const void *src, size_t size);
esp_err_t spi_flash_erase_range(size_t start_address, size_t size);
size_t spi_flash_cache2phys(const void *cached);

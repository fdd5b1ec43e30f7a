/**
 * @file rp_idf_chip.c
 * @brief Which image runs, and whether the chip is locked. Neither is asked of the partition table.
 */
#include "esp_err.h"
#include "esp_flash_encrypt.h"
#include "sdkconfig.h"

#include "rp_idf.h"
#include "rp_idf_version.h"

#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 0, 0)
#include "esp_app_desc.h"
#include "spi_flash_mmap.h"
#define rp_description esp_app_get_description
#else
#include "esp_ota_ops.h"
#include "esp_spi_flash.h"
#define rp_description esp_ota_get_app_description
#endif

/* Only ESP32 is without the name before v4.0, where it is the only chip. */
#if defined(CONFIG_IDF_TARGET_ESP32) || ESP_IDF_VERSION < ESP_IDF_VERSION_VAL(4, 0, 0)
#define RP_CHIP_IS_ESP32 1
#include "soc/efuse_reg.h"
#include "soc/soc.h"
#else
#define RP_CHIP_IS_ESP32 0
#include "esp_secure_boot.h"
#endif

/*
 * esp_ota_get_running_partition() aborts where the table does not have the running address, and a torn table has not.
 * The description of an application is the first of its mapped data, 0x20 bytes behind the start of its image; images
 * start at multiples of 64 KiB.
 */
int rp_idf_chip_running(void *ctx, uint32_t *offset)
{
    (void)ctx;
    const size_t place = spi_flash_cache2phys(rp_description());
    if (place == SPI_FLASH_CACHE2PHYS_FAIL) {
        return RP_FAIL;
    }
    *offset = (uint32_t)place & ~(uint32_t)(RP_BLOCK_SIZE - 1);
    return RP_OK;
}

/*
 * From v4.1 on ESP-IDF answers "no" on ESP32 where the asking application itself was built without secure boot, so the
 * eFuses are read. On the other chips it reads them too.
 */
static bool is_secure_boot_on(void)
{
#if RP_CHIP_IS_ESP32
    return (REG_READ(EFUSE_BLK0_RDATA6_REG) & (EFUSE_RD_ABS_DONE_0 | EFUSE_RD_ABS_DONE_1)) != 0;
#else
    return esp_secure_boot_enabled();
#endif
}

bool rp_idf_chip_is_protected(void *ctx)
{
    (void)ctx;
    return esp_flash_encryption_enabled() || is_secure_boot_on();
}

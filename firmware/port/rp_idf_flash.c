/**
 * @file rp_idf_flash.c
 * @brief Flash by its offset, past all partitions: ESP-IDF's list of them is of the table that is about to change.
 */
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"

#include "rp_idf.h"
#include "rp_idf_version.h"

/* v4.0 to v4.4 can be built with the driver of v3.x, and then the new one knows no chip. */
#if ESP_IDF_VERSION < ESP_IDF_VERSION_VAL(4, 0, 0) || defined(CONFIG_SPI_FLASH_USE_LEGACY_IMPL)
#define RP_FLASH_IS_LEGACY 1
#include "esp_spi_flash.h"
#else
#define RP_FLASH_IS_LEGACY 0
#include "esp_flash.h"
#endif

#if defined(CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED) || defined(CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED)
#define RP_FLASH_IS_GUARDED 0
#elif ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(6, 0, 0)
#define RP_FLASH_IS_GUARDED 1
#include "esp_private/esp_flash_internal.h"
#elif ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 4, 0)
#define RP_FLASH_IS_GUARDED 1
#include "esp_flash_internal.h"
#elif ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(4, 0, 0)
#error "Writing the partition table would abort. Set CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED=y"
#else
#error "Writing the partition table would abort. Set CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED=y"
#endif

/* After so many bytes others run once, so that the idle task feeds its watchdog. */
#define RP_FLASH_STINT RP_BLOCK_SIZE

/* What is written may stand in mapped flash, which nobody can read while flash is written. */
static uint8_t s_chunk[1024] __attribute__((aligned(4)));
static size_t s_stint;

static esp_err_t driver_read(uint32_t offset, void *buffer, size_t size)
{
#if RP_FLASH_IS_LEGACY
    return spi_flash_read(offset, buffer, size);
#else
    return esp_flash_read(esp_flash_default_chip, buffer, offset, size);
#endif
}

static esp_err_t driver_write(uint32_t offset, const void *bytes, size_t size)
{
#if RP_FLASH_IS_LEGACY
    return spi_flash_write(offset, bytes, size);
#else
    return esp_flash_write(esp_flash_default_chip, bytes, offset, size);
#endif
}

static esp_err_t driver_erase(uint32_t offset, size_t size)
{
#if RP_FLASH_IS_LEGACY
    return spi_flash_erase_range(offset, size);
#else
    return esp_flash_erase_region(esp_flash_default_chip, offset, size);
#endif
}

/* From v5.4 on the table can be unlocked while running. The guard would also look for the running partition, and abort
 * where a torn table does not have it: so it is off before the first write, wherever that goes. */
static void lift_guard(void)
{
#if RP_FLASH_IS_GUARDED
    esp_flash_set_dangerous_write_protection(esp_flash_default_chip, false);
#endif
}

/*
 * A sender takes several times the current of all the rest, in peaks, and a supply that gives in while there is no table
 * costs the device. After the table it restarts, so nobody misses the network.
 */
static void calm_down(uint32_t offset)
{
    if (offset == rp_config.table_offset) {
        rp_idf_wifi_leave();
    }
}

static void take_turns(size_t size)
{
    s_stint += size;
    if (s_stint >= RP_FLASH_STINT) {
        s_stint = 0;
        vTaskDelay(1);
    }
}

int rp_idf_flash_read(void *ctx, uint32_t offset, void *buffer, size_t size)
{
    (void)ctx;
    if (driver_read(offset, buffer, size) != ESP_OK) {
        return RP_FAIL;
    }
    take_turns(size);
    return RP_OK;
}

int rp_idf_flash_write(void *ctx, uint32_t offset, const void *bytes, size_t size)
{
    (void)ctx;
    lift_guard();
    calm_down(offset);
    for (size_t done = 0; done < size;) {
        const size_t rest = size - done;
        const size_t part = rest < sizeof(s_chunk) ? rest : sizeof(s_chunk);
        memcpy(s_chunk, (const uint8_t *)bytes + done, part);
        if (driver_write(offset + done, s_chunk, part) != ESP_OK) {
            return RP_FAIL;
        }
        done += part;
    }
    take_turns(size);
    return RP_OK;
}

int rp_idf_flash_erase(void *ctx, uint32_t offset, size_t size)
{
    (void)ctx;
    lift_guard();
    calm_down(offset);
    const esp_err_t result = driver_erase(offset, size);
    /* An erase is long: 40 ms a sector and up to 2 s a block. */
    vTaskDelay(1);
    return result == ESP_OK ? RP_OK : RP_FAIL;
}

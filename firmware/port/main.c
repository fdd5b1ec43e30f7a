/**
 * @file main.c
 * @brief The repartitioner as an application of ESP-IDF.
 *
 * Nothing here touches a partition. The core looks at the table first and heals it where it is torn; only then it calls
 * `connect`, and that is what starts NVS and Wi-Fi. Whatever is started earlier would look for its partition in a table
 * that may not be one.
 */
#include "esp_system.h"
#include "freertos/FreeRTOS.h"
#include "freertos/task.h"
#include "sdkconfig.h"

#include "rp.h"
#include "rp_idf.h"

#define PRIORITY 5

static void wait_ms(void *ctx, uint32_t milliseconds)
{
    (void)ctx;
    /* In parts: the product of ticks and milliseconds does not fit for an hour. */
    for (uint32_t left = milliseconds; left > 0;) {
        const uint32_t part = left < 1000 ? left : 1000;
        vTaskDelay(pdMS_TO_TICKS(part) + 1);
        left -= part;
    }
}

static void restart(void *ctx)
{
    (void)ctx;
    esp_restart();
}

static const rp_port_t s_port = {
    .ctx = NULL,
    .read = rp_idf_flash_read,
    .write = rp_idf_flash_write,
    .erase = rp_idf_flash_erase,
    .running = rp_idf_chip_running,
    .is_protected = rp_idf_chip_is_protected,
    .connect = rp_idf_wifi_connect,
    .fetch_open = rp_idf_http_open,
    .fetch_read = rp_idf_http_read,
    .fetch_close = rp_idf_http_close,
    .sha256_start = rp_idf_sha256_start,
    .sha256_update = rp_idf_sha256_update,
    .sha256_finish = rp_idf_sha256_finish,
    .log = rp_idf_log,
    .wait = wait_ms,
    .restart = restart,
};

static rp_t s_rp;

static void repartition(void *arg)
{
    (void)arg;
    rp_run(&rp_config, &s_port, &s_rp);
    esp_restart();
}

/* A task of its own: the one that calls app_main has too little stack for TLS in most configurations. */
void app_main(void)
{
    if (xTaskCreate(repartition, RP_TAG, CONFIG_RP_TASK_STACK_SIZE, NULL, PRIORITY, NULL) != pdPASS) {
        esp_restart();
    }
}

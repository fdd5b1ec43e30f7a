/**
 * @file rp_idf_networks.c
 * @brief See rp_idf_networks.h.
 */
#include "rp_idf_networks.h"

#include <string.h>

#include "esp_log.h"
#include "nvs_flash.h"

#include "rp_idf.h"
#include "rp_settings.h"

/* Without NVS there is still the configured network. It is never erased here: the old firmware may need it again. */
static bool has_nvs(void)
{
    const esp_err_t err = nvs_flash_init();
    if (err != ESP_OK) {
        ESP_LOGW(RP_TAG, "NVS cannot be read (0x%x): no stored network", (unsigned)err);
    }
    return err == ESP_OK;
}

static esp_err_t start_driver(const rp_idf_net_events_t *events)
{
    wifi_init_config_t init = WIFI_INIT_CONFIG_DEFAULT();
    if (!has_nvs()) {
        init.nvs_enable = 0;
    }
    esp_err_t err = rp_idf_net_start(events);
    if (err == ESP_OK) {
        err = esp_wifi_init(&init);
    }
    return err;
}

/* A driver that wants to know its mode first is told; that is the one thing that may be written to NVS. */
static void read_stored(wifi_config_t *stored)
{
    esp_err_t err = esp_wifi_get_config(WIFI_IF_STA, stored);
    if (err != ESP_OK) {
        esp_wifi_set_mode(WIFI_MODE_STA);
        err = esp_wifi_get_config(WIFI_IF_STA, stored);
    }
    if (err != ESP_OK) {
        memset(stored, 0, sizeof(*stored));
    }
}

esp_err_t rp_idf_networks_start(rp_idf_networks_t *networks, const rp_idf_net_events_t *events)
{
    memset(networks, 0, sizeof(*networks));
    memcpy(networks->configured.sta.ssid, RP_WIFI_SSID, sizeof(RP_WIFI_SSID) - 1);
    memcpy(networks->configured.sta.password, RP_WIFI_PASSWORD, sizeof(RP_WIFI_PASSWORD) - 1);
    esp_err_t err = start_driver(events);
    if (err != ESP_OK) {
        return err;
    }
    read_stored(&networks->stored);
    err = esp_wifi_set_storage(WIFI_STORAGE_RAM);
    return err == ESP_OK ? esp_wifi_set_mode(WIFI_MODE_STA) : err;
}

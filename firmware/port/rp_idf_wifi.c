/**
 * @file rp_idf_wifi.c
 * @brief Gets the device into the network that it was in before, and else into the one that was configured.
 */
#include <stdio.h>

#include "esp_log.h"
#include "esp_wifi.h"
#include "freertos/FreeRTOS.h"
#include "freertos/event_groups.h"
#include "sdkconfig.h"

#include "rp_idf.h"
#include "rp_idf_networks.h"

#define ONLINE_BIT (1 << 0)

static EventGroupHandle_t s_state;
static rp_idf_networks_t s_networks;
static volatile bool s_is_wanted;
static char s_device[sizeof("aa:bb:cc:dd:ee:ff")];

static void on_start(void)
{
    esp_wifi_connect();
}

static void on_address(void)
{
    xEventGroupSetBits(s_state, ONLINE_BIT);
}

/* Access points refuse now and then, so this is tried until the time is up. */
static void on_lost(void)
{
    xEventGroupClearBits(s_state, ONLINE_BIT);
    if (s_is_wanted) {
        esp_wifi_connect();
    }
}

static const rp_idf_net_events_t s_events = {
    .on_start = on_start,
    .on_address = on_address,
    .on_lost = on_lost,
};

static void name_device(void)
{
    uint8_t mac[6] = { 0 };
    if (esp_wifi_get_mac(WIFI_IF_STA, mac) == ESP_OK) {
        snprintf(s_device, sizeof(s_device), "%02x:%02x:%02x:%02x:%02x:%02x", mac[0], mac[1], mac[2], mac[3], mac[4],
                 mac[5]);
    }
}

static esp_err_t prepare(void)
{
    s_state = xEventGroupCreate();
    const esp_err_t err = s_state == NULL ? ESP_ERR_NO_MEM : rp_idf_networks_start(&s_networks, &s_events);
    if (err == ESP_OK) {
        name_device();
    } else {
        ESP_LOGE(RP_TAG, "Wi-Fi did not start (0x%x)", (unsigned)err);
    }
    return err;
}

/* What fails here fails again: only a restart helps, and the core restarts after a number of failures. */
static bool is_prepared(void)
{
    static bool s_is_tried;
    static bool s_is_ready;
    if (!s_is_tried) {
        s_is_tried = true;
        s_is_ready = prepare() == ESP_OK;
    }
    return s_is_ready;
}

static void leave(void)
{
    s_is_wanted = false;
    esp_wifi_stop();
    xEventGroupClearBits(s_state, ONLINE_BIT);
}

void rp_idf_wifi_leave(void)
{
    if (s_is_wanted) {
        leave();
    }
}

/* Says which one, never its name: the log may leave the device. */
static bool join(wifi_config_t *network, const char *which)
{
    if (network->sta.ssid[0] == 0) {
        return false;
    }
    ESP_LOGI(RP_TAG, "joining the %s network", which);
    leave();
    if (esp_wifi_set_config(WIFI_IF_STA, network) != ESP_OK) {
        return false;
    }
    s_is_wanted = true;
    if (esp_wifi_start() == ESP_OK) {
        const TickType_t limit = pdMS_TO_TICKS(CONFIG_RP_WIFI_TIMEOUT_S * 1000);
        xEventGroupWaitBits(s_state, ONLINE_BIT, pdFALSE, pdTRUE, limit);
    }
    if (!rp_idf_wifi_is_online()) {
        leave();
    }
    return rp_idf_wifi_is_online();
}

bool rp_idf_wifi_is_online(void)
{
    return s_state != NULL && (xEventGroupGetBits(s_state) & ONLINE_BIT) != 0;
}

const char *rp_idf_wifi_device(void)
{
    return s_device;
}

int rp_idf_wifi_connect(void *ctx)
{
    (void)ctx;
    if (rp_idf_wifi_is_online()) {
        return RP_OK;
    }
    if (!is_prepared()) {
        return RP_FAIL;
    }
    return join(&s_networks.stored, "stored") || join(&s_networks.configured, "configured") ? RP_OK : RP_FAIL;
}

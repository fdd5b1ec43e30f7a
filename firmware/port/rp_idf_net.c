/**
 * @file rp_idf_net.c
 * @brief See rp_idf_net.h.
 */
#include "rp_idf_net.h"

#include "rp_idf_version.h"

static const rp_idf_net_events_t *s_events;

#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(4, 1, 0)

#include "esp_event.h"
#include "esp_netif.h"
#include "esp_wifi.h"
#include "esp_wifi_default.h"

static void on_wifi(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg;
    (void)base;
    (void)data;
    if (id == WIFI_EVENT_STA_START) {
        s_events->on_start();
    } else if (id == WIFI_EVENT_STA_DISCONNECTED) {
        s_events->on_lost();
    }
}

static void on_address(void *arg, esp_event_base_t base, int32_t id, void *data)
{
    (void)arg;
    (void)base;
    (void)id;
    (void)data;
    s_events->on_address();
}

esp_err_t rp_idf_net_start(const rp_idf_net_events_t *events)
{
    s_events = events;
    esp_err_t err = esp_netif_init();
    if (err == ESP_OK) {
        err = esp_event_loop_create_default();
    }
    if (err == ESP_OK && esp_netif_create_default_wifi_sta() == NULL) {
        err = ESP_FAIL;
    }
    if (err == ESP_OK) {
        err = esp_event_handler_register(WIFI_EVENT, ESP_EVENT_ANY_ID, on_wifi, NULL);
    }
    if (err == ESP_OK) {
        err = esp_event_handler_register(IP_EVENT, IP_EVENT_STA_GOT_IP, on_address, NULL);
    }
    return err;
}

#else

#include "esp_event_loop.h"
#include "tcpip_adapter.h"

static esp_err_t on_event(void *ctx, system_event_t *event)
{
    (void)ctx;
    if (event->event_id == SYSTEM_EVENT_STA_START) {
        s_events->on_start();
    } else if (event->event_id == SYSTEM_EVENT_STA_GOT_IP) {
        s_events->on_address();
    } else if (event->event_id == SYSTEM_EVENT_STA_DISCONNECTED) {
        s_events->on_lost();
    }
    return ESP_OK;
}

esp_err_t rp_idf_net_start(const rp_idf_net_events_t *events)
{
    s_events = events;
    tcpip_adapter_init();
    return esp_event_loop_init(on_event, NULL);
}

#endif

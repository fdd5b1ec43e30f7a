/* v5.0 and later. */
#pragma once

#include "esp_err.h"
#include "esp_event.h"
#include "esp_wifi_default.h"

typedef enum {
    WIFI_IF_STA = 0,
    WIFI_IF_AP = 1,
} wifi_interface_t;

ESP_EVENT_DECLARE_BASE(WIFI_EVENT);

typedef enum {
    WIFI_EVENT_STA_START = 2,
    WIFI_EVENT_STA_DISCONNECTED = 5,
} wifi_event_t;

typedef struct {
    int nvs_enable;
    int magic;
} wifi_init_config_t;

#define WIFI_INIT_CONFIG_DEFAULT() { \
    .nvs_enable = 1, \
    .magic = 0x1F2F3F4F \
}

#include "esp_wifi_station.h"

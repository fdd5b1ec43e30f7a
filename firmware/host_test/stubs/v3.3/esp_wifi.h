/* v3.3 to v4.0. */
#pragma once

#include "esp_err.h"

typedef enum {
    ESP_IF_WIFI_STA = 0,
} esp_interface_t;

typedef esp_interface_t wifi_interface_t;

#define WIFI_IF_STA ESP_IF_WIFI_STA

typedef struct {
    int nvs_enable;
    int magic;
} wifi_init_config_t;

/* With its own semicolon: it can only initialise. */
#define WIFI_INIT_CONFIG_DEFAULT() { \
    .nvs_enable = 1, \
    .magic = 0x1F2F3F4F \
};

#include "esp_wifi_station.h"

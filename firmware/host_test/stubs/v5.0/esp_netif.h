/* v5.0 and later. */
#pragma once

#include "esp_event.h"

ESP_EVENT_DECLARE_BASE(IP_EVENT);

typedef enum {
    IP_EVENT_STA_GOT_IP = 0,
} ip_event_t;

esp_err_t esp_netif_init(void);

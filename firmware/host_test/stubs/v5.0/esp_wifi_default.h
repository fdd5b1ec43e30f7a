/* v5.0 and later. */
#pragma once

typedef struct esp_netif_obj esp_netif_t;

esp_netif_t *esp_netif_create_default_wifi_sta(void);

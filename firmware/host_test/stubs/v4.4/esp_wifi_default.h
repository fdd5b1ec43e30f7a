/* v4.1 to v4.4. */
#pragma once

typedef struct esp_netif_obj esp_netif_t;

esp_netif_t *esp_netif_create_default_wifi_sta(void);

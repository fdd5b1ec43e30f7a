/* v3.3 to v4.0; deprecated after that, so later versions have it not here. */
#pragma once

#include "esp_err.h"

typedef enum {
    SYSTEM_EVENT_STA_START = 2,
    SYSTEM_EVENT_STA_DISCONNECTED = 5,
    SYSTEM_EVENT_STA_GOT_IP = 7,
} system_event_id_t;

typedef struct {
    system_event_id_t event_id;
} system_event_t;

typedef esp_err_t (*system_event_cb_t)(void *ctx, system_event_t *event);

esp_err_t esp_event_loop_init(system_event_cb_t cb, void *ctx);

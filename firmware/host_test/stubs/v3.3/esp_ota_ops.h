/* v3.3 to v4.0. */
#pragma once

#include "esp_err.h"

typedef struct {
    uint32_t magic_word;
} esp_app_desc_t;

const esp_app_desc_t *esp_ota_get_app_description(void);

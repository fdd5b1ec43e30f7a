/* v5.0 and later. */
#pragma once

#include "esp_err.h"

typedef struct {
    uint32_t magic_word;
} esp_app_desc_t;

const esp_app_desc_t *esp_app_get_description(void);

/* Declarations of what the repartitioner uses, in every ESP-IDF alike. What erases NVS is left out on purpose. */
#pragma once

#include "esp_err.h"

esp_err_t nvs_flash_init(void);

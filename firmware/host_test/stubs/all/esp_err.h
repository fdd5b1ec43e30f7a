/* Declarations of what the repartitioner uses, in every ESP-IDF alike. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define ESP_OK 0
#define ESP_FAIL (-1)
#define ESP_ERR_NO_MEM 0x101

typedef int32_t esp_err_t;

/* Declarations of what the repartitioner uses, in every ESP-IDF alike. */
#pragma once

#include <stdbool.h>

bool esp_flash_encryption_enabled(void);

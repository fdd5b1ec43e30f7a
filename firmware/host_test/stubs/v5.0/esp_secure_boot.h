/* v5.0 and later. */
#pragma once

#include <stdbool.h>

bool esp_secure_boot_enabled(void);

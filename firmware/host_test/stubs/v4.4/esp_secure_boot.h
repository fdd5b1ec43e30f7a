/* v4.1 to v4.4. */
#pragma once

#include <stdbool.h>

bool esp_secure_boot_enabled(void);

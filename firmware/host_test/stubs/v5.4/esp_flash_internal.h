/* v5.4 and v5.5. */
#pragma once

#include "esp_flash.h"

esp_err_t esp_flash_set_dangerous_write_protection(esp_flash_t *chip, const bool protect);

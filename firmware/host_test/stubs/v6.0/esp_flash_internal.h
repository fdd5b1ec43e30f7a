/* Not in v6.0. */
#pragma once

#error "moved to esp_private/ in v6.0"

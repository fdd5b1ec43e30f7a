/* Declarations of what the repartitioner uses, in every ESP-IDF alike. */
#pragma once

void esp_restart(void) __attribute__((noreturn));

/**
 * @file rp_idf_version.h
 * @brief The version of ESP-IDF as a number, for those too that do not tell it.
 *
 * ESP-IDF has `esp_idf_version.h` since v3.3.3; v3.3, v3.3.1 and v3.3.2 have neither the file nor the macros. The
 * compiler of v3.3 (GCC 5.2) knows `__has_include`.
 */
#pragma once

#if __has_include("esp_idf_version.h")
#include "esp_idf_version.h"
#else
#define ESP_IDF_VERSION_VAL(major, minor, patch) (((major) << 16) | ((minor) << 8) | (patch))
#define ESP_IDF_VERSION ESP_IDF_VERSION_VAL(3, 3, 0)
#endif

#if ESP_IDF_VERSION < ESP_IDF_VERSION_VAL(3, 3, 0)
#error "The repartitioner needs ESP-IDF v3.3 or later: earlier ones put no description into an application."
#endif

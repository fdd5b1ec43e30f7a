/**
 * @file rp_idf_client.h
 * @brief One HTTP client of ESP-IDF, set up for the servers of a migration.
 */
#pragma once

#include "esp_http_client.h"

/**
 * @brief A client that names this device, or NULL.
 *
 * @param timeout_ms of each wait for the server
 * @param on_event may be NULL; gets `user` as its `user_data`
 */
esp_http_client_handle_t rp_idf_client_create(const char *url, int timeout_ms, http_event_handle_cb on_event, void *user);

/**
 * @file rp_idf_networks.h
 * @brief Starts Wi-Fi's driver and finds the networks that this device may join.
 */
#pragma once

#include "esp_err.h"
#include "esp_wifi.h"

#include "rp_idf_net.h"

typedef struct {
    wifi_config_t stored;       /*!< of the old firmware, from NVS; without a name where there is none */
    wifi_config_t configured;   /*!< of this build; likewise */
} rp_idf_networks_t;

/**
 * @brief Starts the driver as a station that writes nothing to NVS; once in a boot.
 *
 * The old firmware's network is read from NVS and from then on everything is in RAM, so that NVS stays as it is: for the
 * old firmware, should the device go back to it, and because a full NVS must not end a migration.
 */
esp_err_t rp_idf_networks_start(rp_idf_networks_t *networks, const rp_idf_net_events_t *events);

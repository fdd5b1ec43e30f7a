/**
 * @file rp_idf_net.h
 * @brief The network stack of ESP-IDF, which was replaced in v4.1, behind one function and three events.
 */
#pragma once

#include "esp_err.h"

/** Something happened to the station. */
typedef void (*rp_idf_net_event_t)(void);

typedef struct {
    rp_idf_net_event_t on_start;     /*!< it may connect */
    rp_idf_net_event_t on_address;   /*!< it has an address: the device is online */
    rp_idf_net_event_t on_lost;      /*!< it lost its network, or did not get into it */
} rp_idf_net_events_t;

/**
 * @brief Starts the stack and the delivery of events; once in a boot, before Wi-Fi is initialised.
 *
 * The events come on another task. `events` stays in use.
 */
esp_err_t rp_idf_net_start(const rp_idf_net_events_t *events);

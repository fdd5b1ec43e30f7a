/**
 * @file rp.h
 * @brief The repartitioner.
 */
#pragma once

#include "rp_config.h"
#include "rp_port.h"

#ifdef __cplusplus
extern "C" {
#endif

/**
 * @brief Looks around, decides, does one thing, and looks again, until the device restarts as what it is to be.
 *
 * Heals a torn table before it calls `connect` for the first time. Returns only where `restart` of the port does.
 */
void rp_run(const rp_config_t *config, const rp_port_t *port);

#ifdef __cplusplus
}
#endif

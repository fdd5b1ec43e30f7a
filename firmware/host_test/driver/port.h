/**
 * @file port.h
 * @brief The port of the repartitioner whose other side is the test.
 */
#pragma once

#include "rp_port.h"

extern const rp_port_t port;

/** Before each life: forgets what flash held, and whose end it is at. */
void port_reset(uint32_t flash_size);

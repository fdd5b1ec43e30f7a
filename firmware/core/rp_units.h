/**
 * @file rp_units.h
 * @brief How often something is tried and how long is waited. The same as `core/sim/repartitioner/units.ts`.
 */
#pragma once

#include <stdint.h>

/** How often an erase or an entry of otadata is tried before it counts as failed. */
#define RP_ATTEMPTS 3u
/** How often the table is tried without a pause; after that with pauses, and never given up. */
#define RP_TABLE_ATTEMPTS 10u
/** How many failures a boot takes before it restarts the device or goes back to the firmware. */
#define RP_PATIENCE 10u

/* Milliseconds. */
#define RP_LONGEST_PAUSE 300000u
#define RP_TABLE_PAUSE 1000u
/** Before a device that must not be changed, and has no way back, looks again. */
#define RP_STOPPED_PAUSE 3600000u
/** Before a restart that has changed nothing. */
#define RP_UNCHANGED_PAUSE 60000u

/** The pause after so many failures in a row, in milliseconds: 1, 2, 4 ... seconds, at most five minutes. */
uint32_t rp_pause_after(uint32_t failures);

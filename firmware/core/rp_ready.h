/**
 * @file rp_ready.h
 * @brief What must be true before the new table is written.
 */
#pragma once

#include "rp.h"

/**
 * @brief Whether a device that restarts with the new table starts the repartitioner, and can finish.
 *
 * All earlier work is done, the image that runs is whole in its new slot and selected, and MicroPython has room in a
 * slot that can be selected. It is looked at right before the table is written, and again before a torn one is healed:
 * a table that only resembles a torn one belongs to a device on which this work was never done.
 */
bool rp_is_ready(rp_t *rp);

/** The slot of the target table that gets MicroPython; NULL where it would not fit, or never start. */
const rp_row_t *rp_receiver_of(const rp_t *rp);

/** Whether all of the erase list is blank. */
bool rp_is_erased(rp_t *rp);

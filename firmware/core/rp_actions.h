/**
 * @file rp_actions.h
 * @brief Doing what was decided.
 */
#pragma once

#include "rp_facts.h"

/** Does one thing; false where it failed, so that it is tried again after a pause. `attempt` counts from 1. */
bool rp_act(rp_t *rp, rp_action_t action, const rp_situation_t *situation, uint32_t attempt);

/** One try to get MicroPython into its slot, read back and compared. */
bool rp_download(rp_t *rp, uint32_t attempt);

/**
 * @brief Writes the one sector that must not stay half written, and restarts.
 *
 * It is erased, written and read back in the same boot, again and again until it is right, because a device that
 * restarts without a table is lost. A table that was half written by a boot before is completed without erasing:
 * programming only clears bits, so then nothing is at risk.
 */
void rp_write_table(rp_t *rp);

/** Restarts; after it nothing more must be done. */
void rp_restart(rp_t *rp);

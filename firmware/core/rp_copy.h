/**
 * @file rp_copy.h
 * @brief Putting the image that runs into another slot.
 */
#pragma once

#include "rp.h"

/**
 * @brief Copies, and compares.
 *
 * The first sector is written last, so that half a copy has no magic number and is never started. Only where the copy
 * cannot be verified the same image is downloaded.
 */
bool rp_copy_to(rp_t *rp, const rp_row_t *slot, const rp_row_t *running);

/** Whether the slot holds the image that runs. */
bool rp_is_copy(rp_t *rp, const rp_row_t *slot, const rp_row_t *running);

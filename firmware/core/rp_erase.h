/**
 * @file rp_erase.h
 * @brief Making flash blank, and being sure of it.
 */
#pragma once

#include "rp.h"

/**
 * @brief Makes all sectors of an extent blank, in ascending order, in blocks where it can.
 *
 * What is blank already is left alone, so that doing it again after a power cut goes on where it stopped.
 */
bool rp_erase_extent(rp_t *rp, uint32_t offset, uint32_t size);

/** One sector or block, read back. */
bool rp_erase_unit(rp_t *rp, uint32_t offset, uint32_t size);

/**
 * @file rp_image.h
 * @brief Whether a slot holds an image that a bootloader would load.
 */
#pragma once

#include "rp.h"

/**
 * @brief The image for the chip of the configuration that begins at `offset` and ends within `size`.
 *
 * Header, chip, segments, checksum, and SHA-256 where one is appended: as `esp_image_verify` looks at them, save for
 * the addresses that segments are mapped to.
 *
 * @return Its length in bytes, the appended SHA-256 included; 0 where there is none.
 */
uint32_t rp_image_length(rp_t *rp, uint32_t offset, uint32_t size);

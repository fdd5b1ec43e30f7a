/**
 * @file rp_flash.h
 * @brief What is found out by reading flash. Where the port cannot read, the answer is the one that leads to no writing.
 */
#pragma once

#include "rp.h"

/** Reads, or fills with zeros and says so. */
bool rp_read(rp_t *rp, uint32_t offset, void *buffer, size_t size);

/** Whether all of it reads as FF. */
bool rp_is_blank(rp_t *rp, uint32_t offset, uint32_t size);

/** Whether two places hold the same bytes. Both buffers of `rp` are used. */
bool rp_is_equal(rp_t *rp, uint32_t a, uint32_t b, uint32_t size);

/** SHA-256 of bytes in RAM. */
bool rp_digest_of(rp_t *rp, const void *bytes, size_t size, uint8_t digest[RP_SHA256_SIZE]);

/** SHA-256 of a place in flash. */
bool rp_digest_at(rp_t *rp, uint32_t offset, uint32_t size, uint8_t digest[RP_SHA256_SIZE]);

/** Bytes up to the end of the next sector, or of the size: what is handled at once. */
static inline uint32_t rp_piece(uint32_t at, uint32_t size)
{
    return size - at < RP_SECTOR_SIZE ? size - at : RP_SECTOR_SIZE;
}

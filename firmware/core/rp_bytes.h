/**
 * @file rp_bytes.h
 * @brief Little-endian numbers in bytes that may stand anywhere.
 */
#pragma once

#include <stdint.h>

static inline uint16_t rp_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] | (at[1] << 8));
}

static inline uint32_t rp_u32(const uint8_t *at)
{
    return rp_u16(at) | ((uint32_t)rp_u16(at + 2) << 16);
}

static inline void rp_put_u32(uint8_t *at, uint32_t value)
{
    at[0] = (uint8_t)value;
    at[1] = (uint8_t)(value >> 8);
    at[2] = (uint8_t)(value >> 16);
    at[3] = (uint8_t)(value >> 24);
}

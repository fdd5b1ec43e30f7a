/**
 * @file sha256.h
 * @brief SHA-256 (FIPS 180-4) for the host; a device has its own.
 */
#pragma once

#include <stddef.h>
#include <stdint.h>

typedef struct {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
} sha256_t;

void sha256_start(sha256_t *hash);
void sha256_update(sha256_t *hash, const void *bytes, size_t size);
void sha256_finish(sha256_t *hash, uint8_t digest[32]);

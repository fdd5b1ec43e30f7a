/**
 * @file rp_headers.h
 * @brief What the headers of an answer say of an image. No header of ESP-IDF: the host tests run this as it is.
 */
#pragma once

#include "rp_port.h"

typedef struct {
    bool has_range;
    uint32_t first;
    uint32_t last;
    uint32_t total;
    bool has_sha256;
    uint8_t sha256[RP_SHA256_SIZE];
} rp_headers_t;

/** @brief Takes note of one header of an answer; of any other than Content-Range and ETag nothing. */
void rp_headers_take(rp_headers_t *headers, const char *key, const char *value);

/**
 * @brief What was offered.
 *
 * @param length of the body, RP_UNKNOWN where it was not told
 * @return RP_FAIL where the answer is a part of the file and does not say which: nothing of it can be used
 */
int rp_headers_offer(const rp_headers_t *headers, int status, uint32_t length, rp_offer_t *offer);

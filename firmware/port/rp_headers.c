/**
 * @file rp_headers.c
 * @brief See rp_headers.h.
 *
 * Strict on purpose: the HTTP client of v3.3 hands over only the beginning of a header that came in two pieces, and half
 * a number would put bytes in a wrong place.
 */
#include "rp_headers.h"

#include <string.h>
#include <strings.h>

#define PARTIAL_CONTENT 206

/* Reads a number and the character behind it; NULL where either is not there. */
static const char *number_until(const char *text, char end, uint32_t *number)
{
    uint64_t value = 0;
    const char *at = text;
    for (; *at >= '0' && *at <= '9'; at++) {
        value = value * 10 + (uint64_t)(*at - '0');
        if (value >= RP_UNKNOWN) {
            return NULL;
        }
    }
    if (at == text || *at != end) {
        return NULL;
    }
    *number = (uint32_t)value;
    return end == 0 ? at : at + 1;
}

/* bytes 4096-1505087/1505088 */
static void take_range(rp_headers_t *headers, const char *value)
{
    static const char s_unit[] = "bytes ";
    headers->has_range = false;
    if (strncasecmp(value, s_unit, sizeof(s_unit) - 1) != 0) {
        return;
    }
    const char *at = number_until(value + sizeof(s_unit) - 1, '-', &headers->first);
    at = at == NULL ? NULL : number_until(at, '/', &headers->last);
    at = at == NULL ? NULL : number_until(at, 0, &headers->total);
    headers->has_range = at != NULL && headers->first <= headers->last && headers->last < headers->total;
}

static int digit_of(char c)
{
    if (c >= '0' && c <= '9') {
        return c - '0';
    }
    if (c >= 'a' && c <= 'f') {
        return c - 'a' + 10;
    }
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

/* "64 hexadecimal digits": any other tag is somebody else's business. */
static void take_tag(rp_headers_t *headers, const char *value)
{
    headers->has_sha256 = false;
    if (strlen(value) != 2 * RP_SHA256_SIZE + 2 || value[0] != '"' || value[2 * RP_SHA256_SIZE + 1] != '"') {
        return;
    }
    for (size_t i = 0; i < RP_SHA256_SIZE; i++) {
        const int high = digit_of(value[1 + 2 * i]);
        const int low = digit_of(value[2 + 2 * i]);
        if (high < 0 || low < 0) {
            return;
        }
        headers->sha256[i] = (uint8_t)(high << 4 | low);
    }
    headers->has_sha256 = true;
}

void rp_headers_take(rp_headers_t *headers, const char *key, const char *value)
{
    if (strcasecmp(key, "Content-Range") == 0) {
        take_range(headers, value);
    } else if (strcasecmp(key, "ETag") == 0) {
        take_tag(headers, value);
    }
}

int rp_headers_offer(const rp_headers_t *headers, int status, uint32_t length, rp_offer_t *offer)
{
    memset(offer, 0, sizeof(*offer));
    offer->status = status;
    offer->total = length;
    offer->has_sha256 = headers->has_sha256;
    memcpy(offer->sha256, headers->sha256, sizeof(offer->sha256));
    if (status != PARTIAL_CONTENT) {
        return RP_OK;
    }
    const uint32_t told = headers->last - headers->first + 1;
    if (!headers->has_range || (length != RP_UNKNOWN && length != told)) {
        return RP_FAIL;
    }
    offer->start = headers->first;
    offer->total = headers->total;
    return RP_OK;
}

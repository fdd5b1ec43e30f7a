#include "rp_image.h"

#include <string.h>

#include "rp_bytes.h"
#include "rp_flash.h"

#define MAGIC 0xe9u
#define HEADER_SIZE 24u
#define HASH_FLAG 23u
#define MAX_SEGMENTS 16u
#define SEGMENT_HEADER_SIZE 8u
#define CHECKSUM_START 0xefu
/** The bootloader loads no app from a larger partition. */
#define LARGEST 0x1000000u
/** Where the header of an ESP8266 has the first load address; the ESP32 has settings of pins there. */
#define ESP8266_LOW 0x3ffe8000u
#define ESP8266_HIGH 0x40300000u

static bool is_header(const uint8_t *header, uint16_t chip_id)
{
    const uint32_t address = rp_u32(header + 8);
    const bool is_esp8266 = ESP8266_LOW <= address && address < ESP8266_HIGH;
    return header[0] == MAGIC && header[1] > 0 && header[1] <= MAX_SEGMENTS && rp_u16(header + 12) == chip_id
           && header[HASH_FLAG] <= 1 && !is_esp8266;
}

/* A segment's size is a multiple of 4, so whole words could be combined; the flash is slower than this loop. */
static bool add_bytes(rp_t *rp, uint32_t offset, uint32_t size, uint8_t *sum)
{
    for (uint32_t at = 0; at < size; at += RP_SECTOR_SIZE) {
        const uint32_t piece = rp_piece(at, size);
        if (!rp_read(rp, offset + at, rp->scratch, piece)) {
            return false;
        }
        for (uint32_t index = 0; index < piece; index++) {
            *sum ^= rp->scratch[index];
        }
    }
    return true;
}

/* `at` counts from the image's start and never goes beyond `size`: no sum of untrusted numbers can overflow. */
static bool add_segment(rp_t *rp, uint32_t offset, uint32_t size, uint32_t *at, uint8_t *sum)
{
    uint8_t header[SEGMENT_HEADER_SIZE];
    if (size - *at < SEGMENT_HEADER_SIZE || !rp_read(rp, offset + *at, header, SEGMENT_HEADER_SIZE)) {
        return false;
    }
    *at += SEGMENT_HEADER_SIZE;
    const uint32_t length = rp_u32(header + 4);
    if (length % 4 != 0 || length > size - *at || !add_bytes(rp, offset + *at, length, sum)) {
        return false;
    }
    *at += length;
    return true;
}

static bool has_hash(rp_t *rp, uint32_t offset, uint32_t size)
{
    uint8_t wanted[RP_SHA256_SIZE];
    uint8_t found[RP_SHA256_SIZE];
    return rp_read(rp, offset + size, wanted, RP_SHA256_SIZE) && rp_digest_at(rp, offset, size, found)
           && memcmp(wanted, found, RP_SHA256_SIZE) == 0;
}

uint32_t rp_image_length(rp_t *rp, uint32_t offset, uint32_t size)
{
    uint8_t header[HEADER_SIZE];
    if (size < HEADER_SIZE || size > LARGEST || size > UINT32_MAX - offset
            || !rp_read(rp, offset, header, HEADER_SIZE) || !is_header(header, rp->config->chip_id)) {
        return 0;
    }
    uint32_t at = HEADER_SIZE;
    uint8_t sum = CHECKSUM_START;
    for (uint32_t segment = 0; segment < header[1]; segment++) {
        if (!add_segment(rp, offset, size, &at, &sum)) {
            return 0;
        }
    }
    /* The checksum is the last byte of the padding to 16, and the SHA-256 follows it. */
    const uint32_t padded = (at + 16u) & ~15u;
    const uint32_t length = padded + (header[HASH_FLAG] == 1 ? RP_SHA256_SIZE : 0);
    uint8_t stored;
    if (length > size || !rp_read(rp, offset + padded - 1, &stored, 1) || stored != sum) {
        return 0;
    }
    return header[HASH_FLAG] == 0 || has_hash(rp, offset, padded) ? length : 0;
}

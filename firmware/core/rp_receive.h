/**
 * @file rp_receive.h
 * @brief Downloading an image into a slot.
 */
#pragma once

#include "rp.h"

/** What is to be received, and where it goes. Bytes. */
typedef struct {
    rp_fetch_t image;
    uint32_t offset;
    uint32_t size;
    const uint8_t *head;     /*!< SHA-256 of the first sector, or of all where it is shorter */
    const uint8_t *sha256;   /*!< compared with what the server says it has; NULL where it is not known */
} rp_download_t;

/** Why nothing, or not all, was received. */
typedef enum {
    RP_RECEIVED,
    RP_UNREACHABLE,
    RP_BAD_STATUS,
    RP_BAD_LENGTH,
    RP_BAD_SHA256,
    RP_DROPPED,
    RP_BAD_IMAGE,
    RP_BAD_FLASH,
} rp_received_t;

/**
 * @brief One try to download an image into a slot, which must be large enough.
 *
 * Length, SHA-256 and the head of the image are looked at before anything is erased. The first sector is written last:
 * an image that is not whole is never started, and a slot whose first sector is blank while the next ones are not holds
 * the beginning of a download, with which the next try goes on.
 */
rp_received_t rp_receive(rp_t *rp, const rp_download_t *download);

/** As the log calls it. */
const char *rp_received_name(rp_received_t received);

/**
 * @file rp_ota_entry.h
 * @brief The entries of otadata, as the bootloader reads them.
 */
#pragma once

#include "rp.h"

#define RP_OTA_ENTRY_SIZE 32u

#define RP_OTA_STATE_VALID 2u
#define RP_OTA_STATE_INVALID 3u
#define RP_OTA_STATE_ABORTED 4u
#define RP_OTA_STATE_UNDEFINED 0xffffffffu

/** The entry that counts, where one does. */
typedef struct {
    bool is_active;
    uint32_t sector;   /*!< 0 or 1 */
    uint32_t seq;
    uint32_t state;
} rp_active_t;

/**
 * @brief Finds the entry that counts: the one with the higher number, the first one of two equal ones.
 *
 * @return false where flash could not be read: then it is not known which sector may be erased.
 */
bool rp_read_active(rp_t *rp, uint32_t offset, rp_active_t *active);

/** Whether an entry with this number selects the slot under every choice. */
bool rp_selects_all(uint32_t seq, const rp_choice_t *slots, size_t count);

/** The next number behind `last` that selects the slot under every choice; 0 where there is none. */
uint32_t rp_next_seq(uint32_t last, const rp_choice_t *slots, size_t count);

/** `bootloader_common_ota_select_crc` of ESP-IDF. */
uint32_t rp_seq_crc(uint32_t seq);

/** An entry that the bootloader takes, as it stands in flash. */
void rp_ota_entry(uint32_t seq, uint8_t entry[RP_OTA_ENTRY_SIZE]);

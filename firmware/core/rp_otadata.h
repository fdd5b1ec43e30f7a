/**
 * @file rp_otadata.h
 * @brief Selecting what the bootloader starts, power-safe and the same for every ESP-IDF.
 */
#pragma once

#include "rp.h"

/** What selecting a slot came to; `KEPT`: it was selected already, so nothing was written. */
typedef enum {
    RP_SELECTION_FAILED,
    RP_SELECTION_KEPT,
    RP_SELECTION_WRITTEN,
} rp_selection_t;

/**
 * @brief Makes otadata select the same app under every one of the choices, with a state that no rollback touches.
 *
 * The entry that counts is never changed: a new one is written into the other sector, and until it is whole the old one
 * counts. So this also confirms an app that is on trial.
 */
rp_selection_t rp_select_slot(rp_t *rp, const rp_rows_t *rows, const rp_choice_t *choices, size_t count);

/** Whether `rp_select_slot` would keep what otadata selects. */
bool rp_is_selected(rp_t *rp, const rp_rows_t *rows, const rp_choice_t *choices, size_t count);

/**
 * @file rp_facts.h
 * @brief Looking around on the device.
 */
#pragma once

#include "rp.h"

/** What was found, and what it was found by. Rows point into `rows` of `rp_t`. */
typedef struct {
    rp_facts_t facts;
    const rp_row_t *running;    /*!< the app partition that runs, NULL where it has none */
    const rp_row_t *way_back;   /*!< the first other app that could be started, NULL where there is none */
} rp_situation_t;

/** Looks as far as it matters: a device that is half way through its table is not asked for a network. */
void rp_look_around(rp_t *rp, uint32_t failures, rp_situation_t *situation);

/** How otadata selects the slot that runs, under the table in flash and under the new one. */
void rp_runner_choices(const rp_t *rp, rp_choice_t choices[2]);

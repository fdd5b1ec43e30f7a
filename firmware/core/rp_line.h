/**
 * @file rp_line.h
 * @brief Lines of log for people and for machines: `crossflash: step=write-table result=failed attempt=2`.
 *
 * A line is begun, gets its details, and is ended. What is too long is cut off.
 */
#pragma once

#include "rp.h"

void rp_line_begin(rp_t *rp, const char *step, const char *result);
void rp_line_text(rp_t *rp, const char *key, const char *value);
void rp_line_number(rp_t *rp, const char *key, uint32_t value);
void rp_line_hex(rp_t *rp, const char *key, uint32_t value);
void rp_line_end(rp_t *rp);

/** A line without details. */
void rp_say(rp_t *rp, const char *step, const char *result);

/** A line that says `ok` or `failed`; gives back which. */
bool rp_say_result(rp_t *rp, const char *step, bool is_done);

#include "rp_line.h"

#define DIGITS 10u

static void add(rp_t *rp, const char *text)
{
    while (*text != '\0' && rp->line_length < RP_LINE_SIZE - 1) {
        rp->line[rp->line_length++] = *text++;
    }
    rp->line[rp->line_length] = '\0';
}

static void add_key(rp_t *rp, const char *key)
{
    add(rp, " ");
    add(rp, key);
    add(rp, "=");
}

static void add_number(rp_t *rp, uint32_t value, uint32_t base)
{
    char digits[DIGITS + 1];
    uint32_t first = DIGITS;
    digits[first] = '\0';
    do {
        digits[--first] = "0123456789abcdef"[value % base];
        value /= base;
    } while (value > 0);
    add(rp, digits + first);
}

void rp_line_begin(rp_t *rp, const char *step, const char *result)
{
    rp->line_length = 0;
    add(rp, "crossflash:");
    rp_line_text(rp, "step", step);
    rp_line_text(rp, "result", result);
}

void rp_line_text(rp_t *rp, const char *key, const char *value)
{
    add_key(rp, key);
    add(rp, value);
}

void rp_line_number(rp_t *rp, const char *key, uint32_t value)
{
    add_key(rp, key);
    add_number(rp, value, 10);
}

void rp_line_hex(rp_t *rp, const char *key, uint32_t value)
{
    add_key(rp, key);
    add(rp, "0x");
    add_number(rp, value, 16);
}

void rp_line_end(rp_t *rp)
{
    rp->port->log(rp->port->ctx, rp->line);
}

void rp_say(rp_t *rp, const char *step, const char *result)
{
    rp_line_begin(rp, step, result);
    rp_line_end(rp);
}

bool rp_say_result(rp_t *rp, const char *step, bool is_done)
{
    rp_say(rp, step, is_done ? "ok" : "failed");
    return is_done;
}

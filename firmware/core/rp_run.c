#include <string.h>

#include "rp.h"
#include "rp_actions.h"
#include "rp_facts.h"
#include "rp_line.h"
#include "rp_otadata.h"
#include "rp_units.h"

uint32_t rp_pause_after(uint32_t failures)
{
    uint32_t pause = 1000;
    for (uint32_t at = 1; at < failures && pause < RP_LONGEST_PAUSE; at++) {
        pause *= 2;
    }
    return pause < RP_LONGEST_PAUSE ? pause : RP_LONGEST_PAUSE;
}

static const char *stop_reason(rp_action_t action)
{
    static const char *const s_reasons[] = {
        [RP_STOP_PROTECTED] = "protected",
        [RP_STOP_SMALL_FLASH] = "small-flash",
        [RP_STOP_FOREIGN_TABLE] = "foreign-table",
        [RP_STOP_FOREIGN_SLOT] = "foreign-slot",
    };
    return action <= RP_STOP_FOREIGN_SLOT ? s_reasons[action] : NULL;
}

static void tell(rp_t *rp, rp_action_t action, const rp_facts_t *facts)
{
    static const char *const s_tables[] = { "foreign", "source", "target", "torn" };
    static const char *const s_running[] = { "unknown", "runner", "other" };
    if (stop_reason(action) != NULL) {
        rp_line_begin(rp, "check-device", "stopped");
        rp_line_text(rp, "reason", stop_reason(action));
        rp_line_end(rp);
        return;
    }
    rp_line_begin(rp, "check-device", "ok");
    rp_line_text(rp, "table", s_tables[facts->table]);
    rp_line_text(rp, "running", s_running[facts->running]);
    rp_line_end(rp);
    if (facts->table == RP_TABLE_TARGET && facts->running == RP_RUNNING_RUNNER) {
        rp_say(rp, "check-target", "ok");
    }
}

/* Whether the device is changed for good by it; what leads back, waits, or cannot wait needs no confirmation. */
static bool is_final(rp_action_t action)
{
    return action >= RP_COPY;
}

/* Where the bootloader undoes updates that do not confirm themselves, this one now stays. */
static void confirm(rp_t *rp, const rp_situation_t *situation)
{
    rp_choice_t choice = { .is_known = false };
    if (situation->running != NULL) {
        choice = rp_choice_of(&rp->rows, situation->running->offset);
    }
    const rp_selection_t selection = rp_select_slot(rp, &rp->rows, &choice, 1);
    if (selection != RP_SELECTION_KEPT) {
        rp_say_result(rp, "confirm-repartitioner", selection == RP_SELECTION_WRITTEN);
    }
}

void rp_init(rp_t *rp, const rp_config_t *config, const rp_port_t *port)
{
    memset(rp, 0, sizeof(*rp));
    rp->config = config;
    rp->port = port;
    rp_rows_of(config->target_table, &rp->target_rows);
}

void rp_run(const rp_config_t *config, const rp_port_t *port, rp_t *rp)
{
    uint32_t failures = 0;
    uint32_t done = 0;   /* one bit for each action */
    bool is_told = false;
    bool is_confirmed = false;
    rp_init(rp, config, port);
    for (;;) {
        rp_situation_t situation;
        rp_look_around(rp, failures, &situation);
        const rp_action_t action = rp_decide(&situation.facts);
        if (!is_told) {
            tell(rp, action, &situation.facts);
            is_told = true;
        }
        if (is_final(action) && !is_confirmed) {
            confirm(rp, &situation);
            is_confirmed = true;
        }
        const bool is_done = rp_act(rp, action, &situation, failures + 1);
        if (rp->is_restarting) {
            return;
        }
        /* What was done and has to be done again was not done: flash that forgets must not keep the device busy. */
        if (is_done && (done & (1u << action)) == 0) {
            done |= 1u << action;
            continue;
        }
        failures++;
        port->wait(port->ctx, rp_pause_after(failures));
    }
}

#include "rp_actions.h"

#include "rp_copy.h"
#include "rp_erase.h"
#include "rp_line.h"
#include "rp_otadata.h"
#include "rp_ready.h"
#include "rp_units.h"

void rp_restart(rp_t *rp)
{
    rp->is_restarting = true;
    rp->port->restart(rp->port->ctx);
}

/* Where otadata had been right already, the bootloader has not followed it: restarting at once would never end. */
static void restart_after(rp_t *rp, rp_selection_t selection)
{
    if (selection == RP_SELECTION_KEPT) {
        rp->port->wait(rp->port->ctx, RP_UNCHANGED_PAUSE);
    }
    rp_restart(rp);
}

static bool go_back(rp_t *rp, const rp_row_t *way_back)
{
    const rp_choice_t choice = rp_choice_of(&rp->rows, way_back->offset);
    const rp_selection_t selection = rp_select_slot(rp, &rp->rows, &choice, 1);
    const bool is_done = selection != RP_SELECTION_FAILED;
    rp_line_begin(rp, "go-back", is_done ? "ok" : "failed");
    rp_line_hex(rp, "offset", way_back->offset);
    rp_line_end(rp);
    if (is_done) {
        restart_after(rp, selection);
    }
    return is_done;
}

/* A device that must not be changed goes back to its firmware where it can, and looks again after a while where not. */
static bool stop(rp_t *rp, const rp_situation_t *situation)
{
    if (situation->way_back != NULL && go_back(rp, situation->way_back)) {
        return true;
    }
    rp->port->wait(rp->port->ctx, RP_STOPPED_PAUSE);
    rp_restart(rp);
    return true;
}

static bool copy(rp_t *rp, const rp_situation_t *situation)
{
    const rp_row_t *runner = rp_app_at(&rp->rows, rp->config->runner_offset);
    rp_say(rp, "copy-to-runner", "started");
    const bool is_done = runner != NULL && situation->running != NULL && rp_copy_to(rp, runner, situation->running);
    return rp_say_result(rp, "copy-to-runner", is_done);
}

static bool erase_filesystem(rp_t *rp)
{
    bool is_done = true;
    rp_say(rp, "erase-filesystem", "started");
    for (size_t at = 0; is_done && at < rp->config->erase_count; at++) {
        is_done = rp_erase_extent(rp, rp->config->erase_list[at].offset, rp->config->erase_list[at].size);
    }
    return rp_say_result(rp, "erase-filesystem", is_done);
}

static bool settle_otadata(rp_t *rp)
{
    rp_choice_t choices[2];
    rp_runner_choices(rp, choices);
    const bool is_done = rp_select_slot(rp, &rp->rows, choices, 2) != RP_SELECTION_FAILED;
    return rp_say_result(rp, "settle-otadata", is_done);
}

/* With a table under which the repartitioner does not start the device would be lost. */
static bool change_table(rp_t *rp)
{
    if (!rp_say_result(rp, "verify-table", rp_is_ready(rp))) {
        return false;
    }
    rp_write_table(rp);
    return true;
}

static bool start(rp_t *rp, const char *step, uint32_t offset)
{
    const rp_choice_t choice = rp_choice_of(&rp->rows, offset);
    const rp_selection_t selection = rp_select_slot(rp, &rp->rows, &choice, 1);
    if (!rp_say_result(rp, step, selection != RP_SELECTION_FAILED)) {
        return false;
    }
    restart_after(rp, selection);
    return true;
}

bool rp_act(rp_t *rp, rp_action_t action, const rp_situation_t *situation, uint32_t attempt)
{
    switch (action) {
    case RP_STOP_PROTECTED:
    case RP_STOP_SMALL_FLASH:
    case RP_STOP_FOREIGN_TABLE:
    case RP_STOP_FOREIGN_SLOT:
        return stop(rp, situation);
    case RP_GO_BACK:
        return go_back(rp, situation->way_back);
    case RP_RESTART:
        rp_restart(rp);
        return true;
    case RP_WAIT:
        return false;
    case RP_HEAL_TABLE:
        rp_write_table(rp);
        return true;
    case RP_COPY:
        return copy(rp, situation);
    case RP_START_RUNNER:
        return start(rp, "start-from-runner", rp->config->runner_offset);
    case RP_ERASE_FILESYSTEM:
        return erase_filesystem(rp);
    case RP_SETTLE_OTADATA:
        return settle_otadata(rp);
    case RP_WRITE_TABLE:
        return change_table(rp);
    case RP_DOWNLOAD:
        return rp_download(rp, attempt);
    case RP_SELECT:
        return start(rp, "select-micropython", rp->config->receiver_offset);
    }
    return false;
}

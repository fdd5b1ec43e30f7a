#include "rp_decide.h"

#include <stdbool.h>

/* The table is changed from one slot only: flash is free behind it. */
static rp_action_t flip(const rp_facts_t *facts)
{
    if (facts->copy == RP_COPY_PRESENT) {
        return RP_START_RUNNER;
    }
    /* The firmware is overwritten by the copy, so nothing is copied before the device was seen online. */
    return facts->network == RP_NETWORK_ONLINE ? RP_COPY : RP_WAIT;
}

static rp_action_t change_table(const rp_facts_t *facts)
{
    if (facts->network == RP_NETWORK_OFFLINE) {
        return RP_WAIT;
    }
    if (facts->filesystem != RP_FILESYSTEM_BLANK) {
        return RP_ERASE_FILESYSTEM;
    }
    return facts->otadata == RP_OTADATA_SETTLED ? RP_WRITE_TABLE : RP_SETTLE_OTADATA;
}

static rp_action_t install(const rp_facts_t *facts)
{
    /* MicroPython never starts on what is neither blank nor its own; its own filesystem holds the user's files. */
    if (facts->filesystem == RP_FILESYSTEM_DIRTY) {
        return RP_ERASE_FILESYSTEM;
    }
    if (facts->image == RP_IMAGE_MICROPYTHON) {
        return RP_SELECT;
    }
    return facts->network == RP_NETWORK_ONLINE ? RP_DOWNLOAD : RP_WAIT;
}

rp_action_t rp_decide(const rp_facts_t *facts)
{
    if (facts->device == RP_DEVICE_PROTECTED) {
        return RP_STOP_PROTECTED;
    }
    if (facts->device == RP_DEVICE_SMALL_FLASH) {
        return RP_STOP_SMALL_FLASH;
    }
    /* Wherever the bootloader has found something to start: the runner is whole, and otadata selects it. */
    if (facts->table == RP_TABLE_TORN && facts->running != RP_RUNNING_UNKNOWN) {
        return RP_HEAL_TABLE;
    }
    if (facts->table == RP_TABLE_TORN || facts->table == RP_TABLE_FOREIGN) {
        return RP_STOP_FOREIGN_TABLE;
    }
    if (facts->running == RP_RUNNING_UNKNOWN) {
        return RP_STOP_FOREIGN_SLOT;
    }
    if (facts->patience == RP_PATIENCE_SPENT) {
        const bool can_go_back = facts->table == RP_TABLE_SOURCE && facts->way_back == RP_WAY_BACK_FIRMWARE;
        return can_go_back ? RP_GO_BACK : RP_RESTART;
    }
    if (facts->running == RP_RUNNING_OTHER) {
        return flip(facts);
    }
    return facts->table == RP_TABLE_SOURCE ? change_table(facts) : install(facts);
}

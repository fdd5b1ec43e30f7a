/**
 * @file rp_decide.h
 * @brief What to do next, of what is known about the device. The same as `core/sim/repartitioner/decide.ts`.
 *
 * A test compares the two over all inputs; the order of the values is part of it.
 */
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/** Whether the device is one whose table may be written: no encryption, no Secure Boot, and the new table fits. */
typedef enum {
    RP_DEVICE_FIT,
    RP_DEVICE_PROTECTED,
    RP_DEVICE_SMALL_FLASH,
} rp_device_t;

/** `TORN`: the target table half written, or the source table half erased. */
typedef enum {
    RP_TABLE_FOREIGN,
    RP_TABLE_SOURCE,
    RP_TABLE_TARGET,
    RP_TABLE_TORN,
} rp_table_state_t;

/** Where it runs from. */
typedef enum {
    RP_RUNNING_UNKNOWN,
    RP_RUNNING_RUNNER,
    RP_RUNNING_OTHER,
} rp_running_t;

/** Whether the slot from which the table is changed holds the same image as the slot that runs. */
typedef enum {
    RP_COPY_ABSENT,
    RP_COPY_PRESENT,
} rp_copy_t;

/** The place of MicroPython's files. */
typedef enum {
    RP_FILESYSTEM_DIRTY,
    RP_FILESYSTEM_BLANK,
    RP_FILESYSTEM_LITTLEFS,
} rp_filesystem_t;

/** Whether otadata selects the same slot under both tables. */
typedef enum {
    RP_OTADATA_UNSETTLED,
    RP_OTADATA_SETTLED,
} rp_otadata_t;

/** What the slot of MicroPython holds. */
typedef enum {
    RP_IMAGE_NONE,
    RP_IMAGE_MICROPYTHON,
} rp_image_t;

typedef enum {
    RP_NETWORK_OFFLINE,
    RP_NETWORK_ONLINE,
} rp_network_t;

/** Spent after too many failures in one boot. */
typedef enum {
    RP_PATIENCE_LEFT,
    RP_PATIENCE_SPENT,
} rp_patience_t;

/** Whether another slot holds an app that could be started instead: the firmware of before. */
typedef enum {
    RP_WAY_BACK_NONE,
    RP_WAY_BACK_FIRMWARE,
} rp_way_back_t;

/** What does not matter for the decision keeps its first value. */
typedef struct {
    rp_device_t device;
    rp_table_state_t table;
    rp_running_t running;
    rp_copy_t copy;
    rp_filesystem_t filesystem;
    rp_otadata_t otadata;
    rp_image_t image;
    rp_network_t network;
    rp_patience_t patience;
    rp_way_back_t way_back;
} rp_facts_t;

typedef enum {
    RP_STOP_PROTECTED,
    RP_STOP_SMALL_FLASH,
    RP_STOP_FOREIGN_TABLE,
    RP_STOP_FOREIGN_SLOT,
    RP_HEAL_TABLE,
    RP_GO_BACK,
    RP_RESTART,
    RP_WAIT,
    RP_COPY,
    RP_START_RUNNER,
    RP_ERASE_FILESYSTEM,
    RP_SETTLE_OTADATA,
    RP_WRITE_TABLE,
    RP_DOWNLOAD,
    RP_SELECT,
} rp_action_t;

/** A table that is the target table means that all earlier work is done. */
rp_action_t rp_decide(const rp_facts_t *facts);

#ifdef __cplusplus
}
#endif

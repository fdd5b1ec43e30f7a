/**
 * @file main.c
 * @brief The repartitioner on a computer: does what the test commands, and asks the test for flash and network.
 *
 * One process lives through thousands of lives of devices. A life that has ended is left with `longjmp`, as power leaves
 * a device.
 */
#include <stdlib.h>
#include <string.h>

#include "port.h"
#include "rp.h"
#include "rp_bytes.h"
#include "rp_image.h"
#include "rp_ota_entry.h"
#include "rp_units.h"
#include "wire.h"

#define MOST_EXTENTS 16u
#define MOST_CHOICES 4u
#define FACTS 10u

typedef enum {
    COMMAND_RUN = 1,
    COMMAND_DECIDE,
    COMMAND_TABLE_STATE,
    COMMAND_NEXT_SEQ,
    COMMAND_OTA_ENTRY,
    COMMAND_IMAGE_LENGTH,
    COMMAND_PAUSE_AFTER,
} command_t;

static rp_t s_rp;
static rp_config_t s_config;
static uint8_t s_source[RP_TABLE_SIZE];
static uint8_t s_target[RP_SECTOR_SIZE];
static rp_extent_t s_extents[MOST_EXTENTS];

static void get_tables(void)
{
    wire_get(s_source, sizeof(s_source));
    wire_get(s_target, sizeof(s_target));
    s_config.source_table = s_source;
    s_config.target_table = s_target;
}

static void get_config(void)
{
    s_config.table_offset = wire_get_u32();
    s_config.bootloader_offset = wire_get_u32();
    s_config.chip_id = (uint16_t)wire_get_u32();
    s_config.runner_offset = wire_get_u32();
    s_config.receiver_offset = wire_get_u32();
    s_config.filesystem_offset = wire_get_u32();
    s_config.micropython_size = wire_get_u32();
    wire_get(s_config.micropython_sha256, RP_SHA256_SIZE);
    wire_get(s_config.micropython_head_sha256, RP_SHA256_SIZE);
    get_tables();
    s_config.erase_list = s_extents;
    s_config.erase_count = wire_get_u32();
    if (s_config.erase_count > MOST_EXTENTS) {
        abort();
    }
    for (size_t at = 0; at < s_config.erase_count; at++) {
        s_extents[at].offset = wire_get_u32();
        s_extents[at].size = wire_get_u32();
    }
}

static void decide(void)
{
    uint8_t value[FACTS];
    wire_get(value, sizeof(value));
    const rp_facts_t facts = {
        .device = value[0],
        .table = value[1],
        .running = value[2],
        .copy = value[3],
        .filesystem = value[4],
        .otadata = value[5],
        .image = value[6],
        .network = value[7],
        .patience = value[8],
        .way_back = value[9],
    };
    wire_result(rp_decide(&facts), NULL, 0);
}

static void table_state(void)
{
    static uint8_t s_found[RP_SECTOR_SIZE];
    get_tables();
    wire_get(s_found, sizeof(s_found));
    const uint8_t can_be_programmed = rp_can_be_programmed(s_found, s_target);
    wire_result(rp_table_state(s_found, &s_config), &can_be_programmed, 1);
}

static void next_seq(void)
{
    rp_choice_t slots[MOST_CHOICES];
    const uint32_t last = wire_get_u32();
    const uint32_t count = wire_get_u32();
    for (uint32_t at = 0; at < count && at < MOST_CHOICES; at++) {
        slots[at] = (rp_choice_t) { .is_known = true };
        slots[at].index = wire_get_u32();
        slots[at].count = wire_get_u32();
    }
    wire_result(rp_next_seq(last, slots, count), NULL, 0);
}

static void ota_entry(void)
{
    uint8_t entry[RP_OTA_ENTRY_SIZE];
    rp_ota_entry(wire_get_u32(), entry);
    wire_result(0, entry, sizeof(entry));
}

static void image_length(void)
{
    port_reset(wire_get_u32());
    s_config.chip_id = (uint16_t)wire_get_u32();
    const uint32_t offset = wire_get_u32();
    const uint32_t size = wire_get_u32();
    s_config.target_table = s_target;
    rp_init(&s_rp, &s_config, &port);
    wire_result(rp_image_length(&s_rp, offset, size), NULL, 0);
}

static void run(void)
{
    port_reset(wire_get_u32());
    get_config();
    rp_run(&s_config, &port, &s_rp);
    abort();   /* `restart` does not come back. */
}

static void obey(uint8_t command)
{
    switch (command) {
    case COMMAND_RUN:
        run();
        break;
    case COMMAND_DECIDE:
        decide();
        break;
    case COMMAND_TABLE_STATE:
        table_state();
        break;
    case COMMAND_NEXT_SEQ:
        next_seq();
        break;
    case COMMAND_OTA_ENTRY:
        ota_entry();
        break;
    case COMMAND_IMAGE_LENGTH:
        image_length();
        break;
    case COMMAND_PAUSE_AFTER:
        wire_result(rp_pause_after(wire_get_u32()), NULL, 0);
        break;
    default:
        abort();
    }
}

int main(void)
{
    setjmp(wire_next_life);
    for (;;) {
        uint8_t command;
        wire_get(&command, 1);
        obey(command);
    }
}

#include "rp_facts.h"

#include <string.h>

#include "rp_copy.h"
#include "rp_flash.h"
#include "rp_image.h"
#include "rp_otadata.h"
#include "rp_ready.h"
#include "rp_units.h"

#define MAGIC 0xe9u
#define MEGABYTE 0x100000u
#define FLASH_SIZES 8u
/** The superblock of LittleFS has its name at this byte; it stands in either of the first two blocks. */
#define LITTLEFS_AT 8u
#define LITTLEFS_SIZE 8u

/* What the bootloader believes, which refuses tables that go beyond it; 0 where its header cannot be read. */
static uint32_t believed_flash_size(rp_t *rp)
{
    uint8_t header[4];
    rp_read(rp, rp->config->bootloader_offset, header, sizeof(header));
    const uint32_t nibble = header[3] >> 4;
    if (header[0] != MAGIC) {
        return 0;
    }
    return nibble < FLASH_SIZES ? MEGABYTE << nibble : 2 * MEGABYTE;
}

static rp_device_t device_state(rp_t *rp, uint32_t flash_size)
{
    if (rp->port->is_protected(rp->port->ctx)) {
        return RP_DEVICE_PROTECTED;
    }
    return rp_table_end(&rp->target_rows) <= flash_size ? RP_DEVICE_FIT : RP_DEVICE_SMALL_FLASH;
}

/* An app of this chip in a slot that does not run and holds something else than the repartitioner. */
static const rp_row_t *other_app(rp_t *rp, const rp_row_t *running)
{
    for (size_t at = 0; running != NULL && at < rp->rows.count; at++) {
        const rp_row_t *other = &rp->rows.row[at];
        if (rp_row_is_app(other) && other->offset != running->offset
                && rp_image_length(rp, other->offset, other->size) > 0 && !rp_is_copy(rp, other, running)) {
            return other;
        }
    }
    return NULL;
}

static bool is_littlefs(rp_t *rp, uint32_t block)
{
    uint8_t found[LITTLEFS_SIZE];
    return rp_read(rp, rp->config->filesystem_offset + block + LITTLEFS_AT, found, sizeof(found))
           && memcmp(found, "littlefs", LITTLEFS_SIZE) == 0;
}

static rp_filesystem_t filesystem_state(rp_t *rp)
{
    if (rp_is_blank(rp, rp->config->filesystem_offset, RP_SECTOR_SIZE)) {
        return RP_FILESYSTEM_BLANK;
    }
    return is_littlefs(rp, 0) || is_littlefs(rp, RP_SECTOR_SIZE) ? RP_FILESYSTEM_LITTLEFS : RP_FILESYSTEM_DIRTY;
}

static rp_image_t image_state(rp_t *rp)
{
    uint8_t digest[RP_SHA256_SIZE];
    const rp_config_t *config = rp->config;
    return rp_digest_at(rp, config->receiver_offset, config->micropython_size, digest)
                   && memcmp(digest, config->micropython_sha256, RP_SHA256_SIZE) == 0
               ? RP_IMAGE_MICROPYTHON
               : RP_IMAGE_NONE;
}

void rp_runner_choices(const rp_t *rp, rp_choice_t choices[2])
{
    choices[0] = rp_choice_of(&rp->rows, rp->config->runner_offset);
    choices[1] = rp_choice_of(&rp->target_rows, rp->config->runner_offset);
}

static void look_at_copy(rp_t *rp, rp_situation_t *situation)
{
    const rp_row_t *runner = rp_app_at(&rp->rows, rp->config->runner_offset);
    const bool is_present = runner != NULL && rp_is_copy(rp, runner, situation->running);
    situation->facts.copy = is_present ? RP_COPY_PRESENT : RP_COPY_ABSENT;
}

/* How far it is already: only that is looked at on which the decision still depends. */
static void look_at_work(rp_t *rp, rp_situation_t *situation)
{
    rp_facts_t *facts = &situation->facts;
    /* Its places may lie beyond a small flash. */
    if (facts->device != RP_DEVICE_FIT) {
        return;
    }
    if (facts->running == RP_RUNNING_OTHER) {
        look_at_copy(rp, situation);
    }
    if (facts->running != RP_RUNNING_RUNNER || facts->table == RP_TABLE_FOREIGN) {
        return;
    }
    if (facts->table == RP_TABLE_SOURCE) {
        rp_choice_t choices[2];
        rp_runner_choices(rp, choices);
        facts->filesystem = rp_is_erased(rp) ? RP_FILESYSTEM_BLANK : RP_FILESYSTEM_DIRTY;
        facts->otadata = rp_is_selected(rp, &rp->rows, choices, 2) ? RP_OTADATA_SETTLED : RP_OTADATA_UNSETTLED;
        return;
    }
    facts->filesystem = filesystem_state(rp);
    facts->image = image_state(rp);
}

/* What looks torn is only called so where everything was done that is done before the table is touched. */
static void look_at_table(rp_t *rp, rp_situation_t *situation)
{
    rp_facts_t *facts = &situation->facts;
    rp_read(rp, rp->config->table_offset, rp->scratch, RP_SECTOR_SIZE);
    facts->table = rp_table_state(rp->scratch, rp->config);
    rp_rows_of(rp->scratch, &rp->rows);
    const uint32_t flash_size = believed_flash_size(rp);
    rp_rows_keep_plausible(&rp->rows, rp->config->table_offset, flash_size > 0 ? flash_size : RP_LARGEST_FLASH);
    facts->device = device_state(rp, flash_size);
    if (facts->table == RP_TABLE_TORN && facts->device == RP_DEVICE_FIT && !rp_is_ready(rp)) {
        facts->table = RP_TABLE_FOREIGN;
    }
}

static void look_at_place(rp_t *rp, rp_situation_t *situation)
{
    uint32_t place = 0;
    const bool is_found = rp->port->running(rp->port->ctx, &place) == RP_OK;
    situation->running = is_found ? rp_app_at(&rp->rows, place) : NULL;
    situation->facts.running = is_found && place == rp->config->runner_offset ? RP_RUNNING_RUNNER
                               : situation->running != NULL                   ? RP_RUNNING_OTHER
                                                                              : RP_RUNNING_UNKNOWN;
}

void rp_look_around(rp_t *rp, uint32_t failures, rp_situation_t *situation)
{
    memset(situation, 0, sizeof(*situation));
    rp_facts_t *facts = &situation->facts;
    look_at_table(rp, situation);
    look_at_place(rp, situation);
    facts->patience = failures < RP_PATIENCE ? RP_PATIENCE_LEFT : RP_PATIENCE_SPENT;
    if (facts->table == RP_TABLE_TORN) {
        return;
    }
    facts->network = rp->port->connect(rp->port->ctx) == RP_OK ? RP_NETWORK_ONLINE : RP_NETWORK_OFFLINE;
    situation->way_back = facts->table == RP_TABLE_TARGET ? NULL : other_app(rp, situation->running);
    facts->way_back = situation->way_back != NULL ? RP_WAY_BACK_FIRMWARE : RP_WAY_BACK_NONE;
    look_at_work(rp, situation);
}

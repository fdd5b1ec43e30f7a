#include <string.h>

#include "rp_actions.h"
#include "rp_flash.h"
#include "rp_line.h"
#include "rp_units.h"

/* A sector that cannot be read is not erased: it may be the whole table. */
static bool try_once(rp_t *rp)
{
    const uint32_t place = rp->config->table_offset;
    const uint8_t *table = rp->config->target_table;
    const rp_port_t *port = rp->port;
    if (!rp_read(rp, place, rp->scratch, RP_SECTOR_SIZE)) {
        return false;
    }
    if (!rp_can_be_programmed(rp->scratch, table)) {
        port->erase(port->ctx, place, RP_SECTOR_SIZE);
    }
    port->write(port->ctx, place, table, RP_SECTOR_SIZE);
    return rp_read(rp, place, rp->scratch, RP_SECTOR_SIZE) && memcmp(rp->scratch, table, RP_SECTOR_SIZE) == 0;
}

void rp_write_table(rp_t *rp)
{
    rp_say(rp, "write-table", "started");
    for (uint32_t attempt = 1; !try_once(rp); attempt++) {
        rp_line_begin(rp, "write-table", "failed");
        rp_line_number(rp, "attempt", attempt);
        rp_line_end(rp);
        if (attempt >= RP_TABLE_ATTEMPTS) {
            rp->port->wait(rp->port->ctx, RP_TABLE_PAUSE);
        }
    }
    rp_say(rp, "write-table", "ok");
    rp_say(rp, "reset", "ok");
    rp_restart(rp);
}

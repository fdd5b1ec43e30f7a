#include <string.h>

#include "rp_actions.h"
#include "rp_erase.h"
#include "rp_flash.h"
#include "rp_line.h"
#include "rp_ready.h"
#include "rp_receive.h"

static bool is_micropython(rp_t *rp, uint32_t offset, uint32_t size)
{
    uint8_t digest[RP_SHA256_SIZE];
    return rp_digest_at(rp, offset, size, digest)
           && memcmp(digest, rp->config->micropython_sha256, RP_SHA256_SIZE) == 0;
}

static rp_received_t receive(rp_t *rp)
{
    const rp_config_t *config = rp->config;
    const rp_download_t download = {
        .image = RP_FETCH_MICROPYTHON,
        .offset = config->receiver_offset,
        .size = config->micropython_size,
        .head = config->micropython_head_sha256,
        .sha256 = config->micropython_sha256,
    };
    /* Before anything is erased: behind the slot other things stand. */
    if (rp_receiver_of(rp) == NULL) {
        return RP_BAD_LENGTH;
    }
    const rp_received_t received = rp_receive(rp, &download);
    if (received != RP_RECEIVED || is_micropython(rp, download.offset, download.size)) {
        return received;
    }
    /* What is there looks like a download that could be continued, but is not. */
    rp_erase_extent(rp, download.offset, download.size);
    return RP_BAD_SHA256;
}

bool rp_download(rp_t *rp, uint32_t attempt)
{
    const rp_received_t received = receive(rp);
    if (received == RP_RECEIVED) {
        rp_say(rp, "download-micropython", "ok");
        return true;
    }
    rp_line_begin(rp, "download-micropython", "failed");
    rp_line_text(rp, "reason", rp_received_name(received));
    rp_line_number(rp, "attempt", attempt);
    rp_line_end(rp);
    return false;
}

#include "rp_receive.h"

#include <string.h>

#include "rp_bytes.h"
#include "rp_erase.h"
#include "rp_flash.h"
#include "rp_line.h"

#define MAGIC 0xe9u
#define CHIP_ID_AT 12u
/** Bytes of an image up to the end of the chip's id. */
#define LEAST_HEAD 14u

const char *rp_received_name(rp_received_t received)
{
    static const char *const s_names[] = {
        [RP_RECEIVED] = "ok",          [RP_UNREACHABLE] = "unreachable", [RP_BAD_STATUS] = "status",
        [RP_BAD_LENGTH] = "length",    [RP_BAD_SHA256] = "sha256",       [RP_DROPPED] = "dropped",
        [RP_BAD_IMAGE] = "image",      [RP_BAD_FLASH] = "flash",
    };
    return s_names[received];
}

static rp_received_t judge_offer(const rp_offer_t *offer, uint32_t from, const rp_download_t *wanted)
{
    if (offer->status != 200 && offer->status != 206) {
        return RP_BAD_STATUS;
    }
    if (offer->start != 0 && offer->start != from) {
        return RP_BAD_STATUS;
    }
    if (offer->total != RP_UNKNOWN && offer->total != wanted->size) {
        return RP_BAD_LENGTH;
    }
    const bool is_known = offer->has_sha256 && wanted->sha256 != NULL;
    return is_known && memcmp(offer->sha256, wanted->sha256, RP_SHA256_SIZE) != 0 ? RP_BAD_SHA256 : RP_RECEIVED;
}

static rp_received_t open_offer(rp_t *rp, const rp_download_t *download, uint32_t from, rp_offer_t *offer)
{
    memset(offer, 0, sizeof(*offer));
    if (rp->port->fetch_open(rp->port->ctx, download->image, from, offer) != RP_OK) {
        return RP_UNREACHABLE;
    }
    return judge_offer(offer, from, download);
}

/* So many bytes; false where the connection gave fewer. */
static bool read_whole(rp_t *rp, uint8_t *buffer, uint32_t size)
{
    uint32_t filled = 0;
    while (filled < size) {
        const int got = rp->port->fetch_read(rp->port->ctx, buffer + filled, size - filled);
        if (got <= 0 || (uint32_t)got > size - filled) {
            return false;
        }
        filled += (uint32_t)got;
    }
    return true;
}

static bool is_right(rp_t *rp, uint32_t size, const rp_download_t *wanted)
{
    uint8_t digest[RP_SHA256_SIZE];
    return size >= LEAST_HEAD && rp->head[0] == MAGIC && rp_u16(rp->head + CHIP_ID_AT) == rp->config->chip_id
           && rp_digest_of(rp, rp->head, size, digest) && memcmp(digest, wanted->head, RP_SHA256_SIZE) == 0;
}

/* The sector with which a download goes on, in bytes from the start of the slot; 0 where there is no beginning of one. */
static uint32_t resume_point(rp_t *rp, uint32_t offset, uint32_t size)
{
    if (!rp_is_blank(rp, offset, RP_SECTOR_SIZE)) {
        return 0;
    }
    uint32_t at = RP_SECTOR_SIZE;
    while (at < size && !rp_is_blank(rp, offset + at, RP_SECTOR_SIZE)) {
        at += RP_SECTOR_SIZE;
    }
    for (uint32_t rest = at; rest < size; rest += RP_SECTOR_SIZE) {
        if (!rp_is_blank(rp, offset + rest, RP_SECTOR_SIZE)) {
            return 0;
        }
    }
    /* The last sector that was written may be torn. */
    return at - RP_SECTOR_SIZE;
}

/* Opens the image once more, at the byte behind what is there already. */
static rp_received_t open_at(rp_t *rp, const rp_download_t *download, uint32_t from)
{
    rp_offer_t offer;
    rp->port->fetch_close(rp->port->ctx);
    const rp_received_t refused = open_offer(rp, download, from, &offer);
    if (refused != RP_RECEIVED) {
        return refused;
    }
    for (uint32_t at = offer.start; at < from; at += RP_SECTOR_SIZE) {
        if (!read_whole(rp, rp->scratch, rp_piece(at, from))) {
            return RP_DROPPED;
        }
    }
    return RP_RECEIVED;
}

static void say_started(rp_t *rp, const rp_download_t *download, uint32_t from)
{
    if (download->image == RP_FETCH_MICROPYTHON) {
        rp_line_begin(rp, "download-micropython", "started");
        rp_line_number(rp, "from", from);
        rp_line_end(rp);
    }
}

static rp_received_t write_rest(rp_t *rp, const rp_download_t *download, uint32_t from, uint32_t head_size)
{
    for (uint32_t at = from > RP_SECTOR_SIZE ? from : RP_SECTOR_SIZE; at < download->size; at += RP_SECTOR_SIZE) {
        const uint32_t piece = rp_piece(at, download->size);
        if (!read_whole(rp, rp->scratch, piece)) {
            return RP_DROPPED;
        }
        rp->port->write(rp->port->ctx, download->offset + at, rp->scratch, piece);
    }
    rp->port->write(rp->port->ctx, download->offset, rp->head, head_size);
    return RP_RECEIVED;
}

static rp_received_t receive(rp_t *rp, const rp_download_t *download)
{
    rp_offer_t offer;
    const rp_received_t refused = open_offer(rp, download, 0, &offer);
    if (refused != RP_RECEIVED) {
        return refused;
    }
    const uint32_t head_size = rp_piece(0, download->size);
    if (!read_whole(rp, rp->head, head_size)) {
        return RP_DROPPED;
    }
    if (!is_right(rp, head_size, download)) {
        return RP_BAD_IMAGE;
    }
    const uint32_t from = resume_point(rp, download->offset, download->size);
    say_started(rp, download, from);
    if (!rp_erase_extent(rp, download->offset + from, from == 0 ? download->size : RP_SECTOR_SIZE)) {
        return RP_BAD_FLASH;
    }
    const rp_received_t fault = from > RP_SECTOR_SIZE ? open_at(rp, download, from) : RP_RECEIVED;
    return fault == RP_RECEIVED ? write_rest(rp, download, from, head_size) : fault;
}

rp_received_t rp_receive(rp_t *rp, const rp_download_t *download)
{
    const rp_received_t received = receive(rp, download);
    rp->port->fetch_close(rp->port->ctx);
    return received;
}

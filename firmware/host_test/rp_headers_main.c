/**
 * @file rp_headers_main.c
 * @brief Prints what port/rp_headers.c makes of the headers of an answer.
 *
 * rp_headers_main <status> <length, or - where it is not told> [<key> <value>]…
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "rp_headers.h"

static void print_size(const char *name, uint32_t size)
{
    if (size == RP_UNKNOWN) {
        printf("%s=unknown ", name);
    } else {
        printf("%s=%" PRIu32 " ", name, size);
    }
}

int main(int argc, char **argv)
{
    rp_headers_t headers;
    rp_offer_t offer;

    if (argc < 3) {
        return 2;
    }
    memset(&headers, 0, sizeof(headers));
    for (int i = 3; i + 1 < argc; i += 2) {
        rp_headers_take(&headers, argv[i], argv[i + 1]);
    }
    const uint32_t length = strcmp(argv[2], "-") == 0 ? RP_UNKNOWN : (uint32_t)strtoul(argv[2], NULL, 10);
    if (rp_headers_offer(&headers, atoi(argv[1]), length, &offer) != RP_OK) {
        puts("refused");
        return 0;
    }
    printf("status=%d ", offer.status);
    print_size("total", offer.total);
    print_size("start", offer.start);
    printf("sha256=");
    for (size_t i = 0; offer.has_sha256 && i < RP_SHA256_SIZE; i++) {
        printf("%02x", offer.sha256[i]);
    }
    puts(offer.has_sha256 ? "" : "unknown");
    return 0;
}

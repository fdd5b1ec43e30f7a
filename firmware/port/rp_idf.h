/**
 * @file rp_idf.h
 * @brief The functions of the port on ESP-IDF, one group a file. `rp_port.h` says what each of them does.
 */
#pragma once

#include "rp_config.h"
#include "rp_port.h"

#define RP_TAG "crossflash"

/* rp_flash.c */
int rp_flash_read(void *ctx, uint32_t offset, void *buffer, size_t size);
int rp_flash_write(void *ctx, uint32_t offset, const void *bytes, size_t size);
int rp_flash_erase(void *ctx, uint32_t offset, size_t size);

/* rp_chip.c */
int rp_chip_running(void *ctx, uint32_t *offset);
bool rp_chip_is_protected(void *ctx);

/* rp_wifi.c */
int rp_wifi_connect(void *ctx);
bool rp_wifi_is_online(void);

/** The MAC address of the station as aa:bb:cc:dd:ee:ff; empty before Wi-Fi was started. */
const char *rp_wifi_device(void);

/* rp_http.c */
int rp_http_open(void *ctx, rp_fetch_t which, uint32_t from, rp_offer_t *offer);
int rp_http_read(void *ctx, void *buffer, size_t size);
void rp_http_close(void *ctx);

/* rp_sha256.c */
int rp_sha256_start(void *ctx);
int rp_sha256_update(void *ctx, const void *bytes, size_t size);
int rp_sha256_finish(void *ctx, uint8_t digest[RP_SHA256_SIZE]);

/* rp_log.c */
void rp_log(void *ctx, const char *line);

/* rp_report.c */

/** Tells the server a line, if there is one and the device is online. Nothing depends on whether it arrives. */
void rp_report(const char *line);

/* rp_config.c */

/** What `repartition.h` says. */
extern const rp_config_t rp_config;

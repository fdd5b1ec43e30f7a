/**
 * @file rp_idf.h
 * @brief The functions of the port on ESP-IDF, one group a file. `rp_port.h` says what each of them does.
 */
#pragma once

#include "rp_config.h"
#include "rp_port.h"

#define RP_TAG "crossflash"

/* rp_idf_flash.c */
int rp_idf_flash_read(void *ctx, uint32_t offset, void *buffer, size_t size);
int rp_idf_flash_write(void *ctx, uint32_t offset, const void *bytes, size_t size);
int rp_idf_flash_erase(void *ctx, uint32_t offset, size_t size);

/* rp_idf_chip.c */
int rp_idf_chip_running(void *ctx, uint32_t *offset);
bool rp_idf_chip_is_protected(void *ctx);

/* rp_idf_wifi.c */
int rp_idf_wifi_connect(void *ctx);
bool rp_idf_wifi_is_online(void);

/** Switches Wi-Fi off until somebody connects again. Nothing where it is off. */
void rp_idf_wifi_leave(void);

/** The MAC address of the station as aa:bb:cc:dd:ee:ff; empty before Wi-Fi was started. */
const char *rp_idf_wifi_device(void);

/* rp_idf_http.c */
int rp_idf_http_open(void *ctx, rp_fetch_t which, uint32_t from, rp_offer_t *offer);
int rp_idf_http_read(void *ctx, void *buffer, size_t size);
void rp_idf_http_close(void *ctx);

/* rp_idf_sha256.c */
int rp_idf_sha256_start(void *ctx);
int rp_idf_sha256_update(void *ctx, const void *bytes, size_t size);
int rp_idf_sha256_finish(void *ctx, uint8_t digest[RP_SHA256_SIZE]);

/* rp_idf_log.c */
void rp_idf_log(void *ctx, const char *line);

/* rp_idf_report.c */

/** Tells the server a line, if there is one and the device is online. Nothing depends on whether it arrives. */
void rp_idf_report(const char *line);

/* rp_config.c */

/** What `repartition.h` says. */
extern const rp_config_t rp_config;

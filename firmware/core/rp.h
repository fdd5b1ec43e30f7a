/**
 * @file rp.h
 * @brief The repartitioner.
 *
 * The core allocates nothing and calls nothing but the port: all its state is one structure of its caller, and nothing
 * in that has to survive a restart. After every start everything is found out anew from flash.
 */
#pragma once

#include "rp_config.h"
#include "rp_port.h"
#include "rp_table.h"

#ifdef __cplusplus
extern "C" {
#endif

/** Bytes of the longest line of log, its end included. */
#define RP_LINE_SIZE 128u

/** Everything that the repartitioner remembers. Its owner sees to it that it lives; 11 KB are too much for a stack. */
typedef struct {
    const rp_config_t *config;
    const rp_port_t *port;
    rp_rows_t rows;                       /*!< of the table in flash */
    rp_rows_t target_rows;                /*!< of the target table */
    bool is_restarting;                   /*!< `restart` of the port has returned */
    size_t line_length;
    char line[RP_LINE_SIZE];
    uint8_t head[RP_SECTOR_SIZE];         /*!< the first sector of a download until all others are written */
    uint8_t scratch[RP_SECTOR_SIZE];      /*!< what is read or received, one sector at a time */
} rp_t;

/**
 * @brief Looks around, decides, does one thing, and looks again, until the device restarts as what it is to be.
 *
 * Heals a torn table before it calls `connect` for the first time. Returns only where `restart` of the port does.
 */
void rp_run(const rp_config_t *config, const rp_port_t *port, rp_t *rp);

/** What `rp_run` begins with. Functions of the core that are called alone need it too. */
void rp_init(rp_t *rp, const rp_config_t *config, const rp_port_t *port);

#ifdef __cplusplus
}
#endif

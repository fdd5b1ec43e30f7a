/**
 * @file rp_settings.h
 * @brief Network and addresses of this build: from `rp_secrets.h` where that file exists, else from menuconfig.
 *
 * `rp_secrets.h` stands beside `repartition.h`, defines any of the RP_… names below, and is never committed.
 */
#pragma once

#include "sdkconfig.h"

#if __has_include("rp_secrets.h")
#include "rp_secrets.h"
#endif

/** Tried when the network that the old firmware stored does not answer, or when there is none. Empty: only stored ones. */
#ifndef RP_WIFI_SSID
#define RP_WIFI_SSID CONFIG_RP_WIFI_SSID
#endif
#ifndef RP_WIFI_PASSWORD
#define RP_WIFI_PASSWORD CONFIG_RP_WIFI_PASSWORD
#endif

/** Where MicroPython's application image is, without bootloader and table. */
#ifndef RP_MICROPYTHON_URL
#define RP_MICROPYTHON_URL CONFIG_RP_MICROPYTHON_URL
#endif

/** Where this application is. Empty: it only ever copies itself on the flash. */
#ifndef RP_REPARTITIONER_URL
#define RP_REPARTITIONER_URL CONFIG_RP_REPARTITIONER_URL
#endif

/** Who is told each line of the log. Empty: nobody. */
#ifndef RP_REPORT_URL
#define RP_REPORT_URL CONFIG_RP_REPORT_URL
#endif

_Static_assert(sizeof(RP_WIFI_SSID) <= 32 + 1, "RP_WIFI_SSID has at most 32 bytes");
_Static_assert(sizeof(RP_WIFI_PASSWORD) <= 64 + 1, "RP_WIFI_PASSWORD has at most 64 bytes");
_Static_assert(sizeof(RP_MICROPYTHON_URL) > 1, "set RP_MICROPYTHON_URL in rp_secrets.h or in menuconfig, Crossflash");

/* ESP-IDF does not connect to a server that it cannot check; to find that out after the table was changed is too late. */
#ifndef CONFIG_RP_SERVER_CERTIFICATE
#define RP_IS_PLAIN(url) (__builtin_strncmp(url, "https:", 6) != 0)
_Static_assert(RP_IS_PLAIN(RP_MICROPYTHON_URL) && RP_IS_PLAIN(RP_REPARTITIONER_URL) && RP_IS_PLAIN(RP_REPORT_URL),
               "an https address needs CONFIG_RP_SERVER_CERTIFICATE=y and main/server.pem");
#endif

/* As a user would write it; nothing of it is real. */
#pragma once

#define RP_WIFI_SSID "a network of thirty-two letters."
#define RP_WIFI_PASSWORD "not a password"
#define RP_MICROPYTHON_URL "https://192.0.2.1:9000/token/micropython.bin"
#define RP_REPARTITIONER_URL "https://192.0.2.1:9000/token/repartitioner.bin"
#define RP_REPORT_URL "https://192.0.2.1:9000/token/report"

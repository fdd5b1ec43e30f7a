/* What firmware/port/Kconfig.projbuild puts into sdkconfig.h. */
#pragma once

#define CONFIG_RP_WIFI_SSID ""
#define CONFIG_RP_WIFI_PASSWORD ""
#define CONFIG_RP_MICROPYTHON_URL "http://10.0.0.2:9000/micropython.bin"
#define CONFIG_RP_REPARTITIONER_URL ""
#define CONFIG_RP_REPORT_URL ""
#define CONFIG_RP_WIFI_TIMEOUT_S 30
#define CONFIG_RP_HTTP_TIMEOUT_S 15
#define CONFIG_RP_TASK_STACK_SIZE 10240

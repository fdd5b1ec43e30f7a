/* Declarations of what the repartitioner uses, in every ESP-IDF alike. */
#pragma once

#ifndef CONFIG_IDF_TARGET_ESP32
#ifndef STUB_ESP32_HAS_NO_NAME
#error "only ESP32 has these eFuses"
#endif
#endif

#define EFUSE_BLK0_RDATA6_REG 0x3ff5a018UL
#define EFUSE_RD_ABS_DONE_0 (BIT(4))
#define EFUSE_RD_ABS_DONE_1 (BIT(5))

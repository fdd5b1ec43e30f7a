/* Declarations of what the repartitioner uses, in every ESP-IDF alike. */
#pragma once

#include <stdint.h>

uint32_t stub_register(uint32_t address);

#define BIT(nr) (1UL << (nr))
#define REG_READ(address) stub_register(address)

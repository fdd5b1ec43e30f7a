/* Not in v6.0. */
#pragma once

#error "private since mbedTLS 4"

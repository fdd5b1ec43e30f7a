/* v3.3 to v4.0. */
#pragma once

void tcpip_adapter_init(void);

/**
 * @file rp_idf_log.c
 * @brief The log goes to the serial port and, where somebody listens, to the server.
 */
#include <string.h>

#include "esp_log.h"

#include "rp_idf.h"

/* ESP-IDF puts the tag in front by itself. */
static const char s_prefix[] = RP_TAG ": ";

void rp_idf_log(void *ctx, const char *line)
{
    (void)ctx;
    const size_t length = sizeof(s_prefix) - 1;
    const bool is_tagged = strncmp(line, s_prefix, length) == 0;
    ESP_LOGI(RP_TAG, "%s", is_tagged ? line + length : line);
    rp_idf_report(line);
}

/**
 * @file rp_idf_report.c
 * @brief Tells the server of a migration what the device does.
 */
#include <string.h>

#include "freertos/FreeRTOS.h"
#include "freertos/task.h"

#include "rp_idf_client.h"
#include "rp_idf.h"
#include "rp_settings.h"

/* Keys are agreed on within it, too. */
#ifdef CONFIG_RP_SERVER_CERTIFICATE
#define TIMEOUT_MS 6000
#else
#define TIMEOUT_MS 2000
#endif

/* After a report that nobody took, none for this time: the work, and above all the table, must not wait for a server. */
#define SILENCE_MS 60000

static bool s_is_silent;
static TickType_t s_silent_since;

static bool is_time(void)
{
    if (s_is_silent && xTaskGetTickCount() - s_silent_since >= pdMS_TO_TICKS(SILENCE_MS)) {
        s_is_silent = false;
    }
    return !s_is_silent;
}

static esp_err_t post(const char *line)
{
    esp_http_client_handle_t client = rp_idf_client_create(RP_REPORT_URL, TIMEOUT_MS, NULL, NULL);
    if (client == NULL) {
        return ESP_FAIL;
    }
    esp_http_client_set_method(client, HTTP_METHOD_POST);
    esp_http_client_set_header(client, "Content-Type", "text/plain");
    esp_http_client_set_post_field(client, line, (int)strlen(line));
    const esp_err_t err = esp_http_client_perform(client);
    esp_http_client_cleanup(client);
    return err;
}

void rp_idf_report(const char *line)
{
    if (sizeof(RP_REPORT_URL) <= 1 || !rp_idf_wifi_is_online() || !is_time()) {
        return;
    }
    if (post(line) != ESP_OK) {
        s_is_silent = true;
        s_silent_since = xTaskGetTickCount();
    }
}

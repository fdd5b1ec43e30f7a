/**
 * @file rp_idf_client.c
 * @brief See rp_idf_client.h.
 */
#include "rp_idf_client.h"

#include "sdkconfig.h"

#include "rp_idf.h"
#include "rp_idf_version.h"

/* All headers of an answer arrive as one piece, and a long token fits into a request. */
#define BUFFER_SIZE 2048

#ifdef CONFIG_RP_SERVER_CERTIFICATE
/* main/server.pem, which the build puts into the application. */
extern const char rp_certificate[] __asm__("_binary_server_pem_start");
#endif

esp_http_client_handle_t rp_idf_client_create(const char *url, int timeout_ms, http_event_handle_cb on_event, void *user)
{
    const esp_http_client_config_t config = {
        .url = url,
        .timeout_ms = timeout_ms,
        .event_handler = on_event,
        .user_data = user,
        .buffer_size = BUFFER_SIZE,
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(4, 0, 0)
        .buffer_size_tx = BUFFER_SIZE,
#endif
#ifdef CONFIG_RP_SERVER_CERTIFICATE
        .cert_pem = rp_certificate,
#endif
    };
    esp_http_client_handle_t client = esp_http_client_init(&config);
    if (client != NULL) {
        esp_http_client_set_header(client, "X-Crossflash-Device", rp_idf_wifi_device());
    }
    return client;
}

/**
 * @file rp_idf_http.c
 * @brief Fetches images, from any byte on.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "esp_log.h"
#include "sdkconfig.h"

#include "rp_idf_client.h"
#include "rp_headers.h"
#include "rp_idf.h"
#include "rp_settings.h"

static esp_http_client_handle_t s_client;
static rp_headers_t s_headers;
/* Bytes of the body that have not come yet; RP_UNKNOWN where the server did not tell. */
static uint32_t s_left;

/* esp_http_client_get_header() gives what was sent; what came is told here only. */
static esp_err_t on_event(esp_http_client_event_t *event)
{
    if (event->event_id == HTTP_EVENT_ON_HEADER) {
        rp_headers_take(&s_headers, event->header_key, event->header_value);
    }
    return ESP_OK;
}

static const char *url_of(rp_fetch_t which)
{
    return which == RP_FETCH_MICROPYTHON ? RP_MICROPYTHON_URL : RP_REPARTITIONER_URL;
}

static void ask_from(uint32_t from)
{
    char range[sizeof("bytes=4294967295-")];
    if (from > 0) {
        snprintf(range, sizeof(range), "bytes=%" PRIu32 "-", from);
        esp_http_client_set_header(s_client, "Range", range);
    }
}

/* Sends the request and reads the headers of the answer. An empty body, and one of unknown length, count 0 or less. */
static int exchange(void)
{
    if (esp_http_client_open(s_client, 0) != ESP_OK) {
        return RP_FAIL;
    }
    const int64_t length = esp_http_client_fetch_headers(s_client);
    if (length < 0 || esp_http_client_get_status_code(s_client) <= 0) {
        return RP_FAIL;
    }
    s_left = length > 0 && length < RP_UNKNOWN ? (uint32_t)length : RP_UNKNOWN;
    return RP_OK;
}

int rp_idf_http_open(void *ctx, rp_fetch_t which, uint32_t from, rp_offer_t *offer)
{
    rp_idf_http_close(ctx);
    if (url_of(which)[0] == 0) {
        ESP_LOGE(RP_TAG, "no address of the %s was configured",
                 which == RP_FETCH_MICROPYTHON ? "MicroPython image" : "repartitioner");
        return RP_FAIL;
    }
    memset(&s_headers, 0, sizeof(s_headers));
    s_client = rp_idf_client_create(url_of(which), CONFIG_RP_HTTP_TIMEOUT_S * 1000, on_event, NULL);
    if (s_client == NULL) {
        return RP_FAIL;
    }
    ask_from(from);
    if (exchange() != RP_OK) {
        return RP_FAIL;
    }
    const int status = esp_http_client_get_status_code(s_client);
    return rp_headers_offer(&s_headers, status, s_left, offer);
}

/* The client of v3.3 says 0 for the end, for a timeout and for a broken connection. */
int rp_idf_http_read(void *ctx, void *buffer, size_t size)
{
    (void)ctx;
    const int count = s_client == NULL ? RP_FAIL : esp_http_client_read(s_client, buffer, (int)size);
    if (count < 0) {
        return RP_FAIL;
    }
    if (s_left == RP_UNKNOWN) {
        return count;
    }
    if (count == 0 && s_left > 0) {
        return RP_FAIL;
    }
    s_left -= (uint32_t)count < s_left ? (uint32_t)count : s_left;
    return count;
}

void rp_idf_http_close(void *ctx)
{
    (void)ctx;
    if (s_client != NULL) {
        esp_http_client_cleanup(s_client);
        s_client = NULL;
    }
}

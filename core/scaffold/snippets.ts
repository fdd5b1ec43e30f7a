/** How the firmware of today is told to install the repartitioner: as any update, with another address. */
export interface SnippetSubject {
  /** Of the repartitioner. */
  readonly url: string;
}

/** What stands there where nobody named an address that may be shown. */
const PLACEHOLDER = "http://192.168.1.10:9000/repartitioner.bin";

const addressOf = ({ url }: SnippetSubject): string => (url === "" ? PLACEHOLDER : url);

const isSecure = (subject: SnippetSubject): boolean => addressOf(subject).startsWith("https:");

/** For ESP-IDF v3.3 and later: `esp_https_ota` takes another structure since v5.0. */
export const espIdfSnippet = (subject: SnippetSubject): string => `/*
 * For the firmware that the devices run today: installs the repartitioner as any other update, and restarts.
 * ${isSecure(subject) ? "Give the certificate of the server, as the firmware does for its own updates." : "Plain HTTP needs an option in the firmware: CONFIG_OTA_ALLOW_HTTP up to v4.4, CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP since v5.0."}
 */
#include "esp_http_client.h"
#include "esp_https_ota.h"
#include "esp_log.h"
#include "esp_system.h"
#ifdef __has_include
#if __has_include("esp_idf_version.h")
#include "esp_idf_version.h"
#endif
#endif

#define REPARTITIONER_URL "${addressOf(subject)}"

void update_to_repartitioner(void)
{
    esp_http_client_config_t http = {
        .url = REPARTITIONER_URL,
        .timeout_ms = 15000,${isSecure(subject) ? "\n        .cert_pem = server_certificate," : ""}
    };
#if defined(ESP_IDF_VERSION_MAJOR) && ESP_IDF_VERSION_MAJOR >= 5
    esp_https_ota_config_t ota = { .http_config = &http };
    esp_err_t err = esp_https_ota(&ota);
#else
    esp_err_t err = esp_https_ota(&http);
#endif
    if (err == ESP_OK) {
        esp_restart();
    }
    ESP_LOGE("update", "the repartitioner was not installed (0x%x): the firmware goes on, try again later", (unsigned)err);
}
`;

/** For Arduino-ESP32 1.0 and later. */
export const arduinoSnippet = (
  subject: SnippetSubject,
): string => `// For the sketch that the devices run today: installs the repartitioner as any other update, and restarts.
#include <HTTPUpdate.h>
#include <WiFi.h>
${isSecure(subject) ? "#include <WiFiClientSecure.h>\n" : ""}
void updateToRepartitioner() {
  ${isSecure(subject) ? "WiFiClientSecure client;\n  client.setCACert(serverCertificate);" : "WiFiClient client;"}
  httpUpdate.rebootOnUpdate(true);
  if (httpUpdate.update(client, "${addressOf(subject)}") == HTTP_UPDATE_FAILED) {
    Serial.printf("The repartitioner was not installed (%s): the sketch goes on, try again later\\n",
                  httpUpdate.getLastErrorString().c_str());
  }
}
`;

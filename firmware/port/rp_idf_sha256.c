/**
 * @file rp_idf_sha256.c
 * @brief SHA-256 by the library that this ESP-IDF has: mbedTLS 2 up to v4.4, mbedTLS 3 in v5, PSA from v6.0 on.
 */
#include "rp_idf.h"
#include "rp_idf_version.h"

#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(6, 0, 0)

#include "psa/crypto.h"

static psa_hash_operation_t s_hash;

int rp_idf_sha256_start(void *ctx)
{
    (void)ctx;
    psa_hash_abort(&s_hash);
    return psa_hash_setup(&s_hash, PSA_ALG_SHA_256) == PSA_SUCCESS ? RP_OK : RP_FAIL;
}

int rp_idf_sha256_update(void *ctx, const void *bytes, size_t size)
{
    (void)ctx;
    return psa_hash_update(&s_hash, bytes, size) == PSA_SUCCESS ? RP_OK : RP_FAIL;
}

int rp_idf_sha256_finish(void *ctx, uint8_t digest[RP_SHA256_SIZE])
{
    (void)ctx;
    size_t length = 0;
    const psa_status_t status = psa_hash_finish(&s_hash, digest, RP_SHA256_SIZE, &length);
    return status == PSA_SUCCESS && length == RP_SHA256_SIZE ? RP_OK : RP_FAIL;
}

#else

#include "mbedtls/sha256.h"

/* mbedTLS 2 has functions of these names that give no result, and others that do. */
#if ESP_IDF_VERSION >= ESP_IDF_VERSION_VAL(5, 0, 0)
#define rp_starts mbedtls_sha256_starts
#define rp_update mbedtls_sha256_update
#define rp_finish mbedtls_sha256_finish
#else
#define rp_starts mbedtls_sha256_starts_ret
#define rp_update mbedtls_sha256_update_ret
#define rp_finish mbedtls_sha256_finish_ret
#endif

static mbedtls_sha256_context s_hash;

int rp_idf_sha256_start(void *ctx)
{
    (void)ctx;
    /* One that was never finished still has the engine of the chip. */
    mbedtls_sha256_free(&s_hash);
    mbedtls_sha256_init(&s_hash);
    return rp_starts(&s_hash, 0) == 0 ? RP_OK : RP_FAIL;
}

int rp_idf_sha256_update(void *ctx, const void *bytes, size_t size)
{
    (void)ctx;
    return rp_update(&s_hash, bytes, size) == 0 ? RP_OK : RP_FAIL;
}

int rp_idf_sha256_finish(void *ctx, uint8_t digest[RP_SHA256_SIZE])
{
    (void)ctx;
    const int result = rp_finish(&s_hash, digest);
    mbedtls_sha256_free(&s_hash);
    return result == 0 ? RP_OK : RP_FAIL;
}

#endif

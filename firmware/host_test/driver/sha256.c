#include "sha256.h"

#include <string.h>

/* The first bits of the fractions of cube roots and square roots of primes. */
static const uint32_t s_round[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};
static const uint32_t s_start[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19,
};

static uint32_t rotate(uint32_t word, unsigned bits)
{
    return word >> bits | word << (32 - bits);
}

static void expand(const uint8_t *block, uint32_t words[64])
{
    for (unsigned at = 0; at < 16; at++) {
        const uint8_t *bytes = block + 4 * at;
        words[at] = (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
    }
    for (unsigned at = 16; at < 64; at++) {
        const uint32_t a = words[at - 15];
        const uint32_t b = words[at - 2];
        words[at] = words[at - 16] + (rotate(a, 7) ^ rotate(a, 18) ^ a >> 3) + words[at - 7]
                    + (rotate(b, 17) ^ rotate(b, 19) ^ b >> 10);
    }
}

static void compress(sha256_t *hash)
{
    uint32_t words[64];
    uint32_t s[8];
    expand(hash->block, words);
    memcpy(s, hash->state, sizeof(s));
    for (unsigned at = 0; at < 64; at++) {
        const uint32_t a = s[7] + (rotate(s[4], 6) ^ rotate(s[4], 11) ^ rotate(s[4], 25))
                           + ((s[4] & s[5]) ^ (~s[4] & s[6])) + s_round[at] + words[at];
        const uint32_t b = (rotate(s[0], 2) ^ rotate(s[0], 13) ^ rotate(s[0], 22))
                           + ((s[0] & s[1]) ^ (s[0] & s[2]) ^ (s[1] & s[2]));
        memmove(s + 1, s, 7 * sizeof(s[0]));
        s[4] += a;
        s[0] = a + b;
    }
    for (unsigned at = 0; at < 8; at++) {
        hash->state[at] += s[at];
    }
}

void sha256_start(sha256_t *hash)
{
    memcpy(hash->state, s_start, sizeof(s_start));
    hash->length = 0;
}

void sha256_update(sha256_t *hash, const void *bytes, size_t size)
{
    const uint8_t *from = bytes;
    while (size > 0) {
        const size_t filled = hash->length % 64;
        const size_t piece = size < 64 - filled ? size : 64 - filled;
        memcpy(hash->block + filled, from, piece);
        hash->length += piece;
        from += piece;
        size -= piece;
        if (filled + piece == 64) {
            compress(hash);
        }
    }
}

void sha256_finish(sha256_t *hash, uint8_t digest[32])
{
    const uint64_t bits = hash->length * 8;
    const uint8_t end = 0x80;
    const uint8_t zero = 0;
    sha256_update(hash, &end, 1);
    while (hash->length % 64 != 56) {
        sha256_update(hash, &zero, 1);
    }
    for (unsigned at = 0; at < 8; at++) {
        const uint8_t byte = (uint8_t)(bits >> (56 - 8 * at));
        sha256_update(hash, &byte, 1);
    }
    for (unsigned at = 0; at < 32; at++) {
        digest[at] = (uint8_t)(hash->state[at / 4] >> (24 - 8 * (at % 4)));
    }
}

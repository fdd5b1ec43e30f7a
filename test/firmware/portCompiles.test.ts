import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  compile,
  compileCore,
  compileText,
  findCompiler,
  link,
  sources,
  variants,
  versions,
} from "../../scripts/firmware.mjs";

const cases = variants.flatMap((variant) =>
  variant.versions.map((version) => ({ version, variant, name: variant.name })),
);

describe.skipIf(!findCompiler())("the repartitioner on ESP-IDF", () => {
  it.each(cases)("$version, $name", async ({ version, variant }) => {
    const said = await compile(version, variant);
    const refusal = variant.refused?.[version];
    if (refusal === undefined) expect(said).toBe("");
    else expect(said).toContain(refusal);
  });

  it("has a core that needs no ESP-IDF", async () => expect(await compileCore()).toBe(""));

  it("takes no name twice, because core and port end up in one folder and one program", async () => {
    const names = sources().map((file) => basename(file));
    expect(names).toEqual([...new Set(names)]);
    const folder = mkdtempSync(join(tmpdir(), "crossflash-"));
    try {
      expect(await link("v5.4", join(folder, "all.o"))).toBe("");
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

/** A header, what is used of it, and the versions that have it: a stub that declared more would hide a wrong guard. */
const parts: readonly (readonly [header: string, use: string, ...versions: string[]])[] = [
  ["esp_idf_version.h", "", "v3.3.3", "v4.0", "v4.4", "v5.0", "v5.4", "v6.0"],
  ["esp_spi_flash.h", "(void)spi_flash_write;", "v3.3", "v3.3.3", "v4.0", "v4.4"],
  ["esp_flash.h", "(void)esp_flash_write;", "v4.0", "v4.4", "v5.0", "v5.4", "v6.0"],
  ["spi_flash_mmap.h", "(void)spi_flash_cache2phys;", "v5.0", "v5.4", "v6.0"],
  ["spi_flash_mmap.h", "(void)spi_flash_write;"],
  ["esp_flash_internal.h", "(void)esp_flash_set_dangerous_write_protection;", "v5.4"],
  ["esp_private/esp_flash_internal.h", "(void)esp_flash_set_dangerous_write_protection;", "v6.0"],
  ["esp_ota_ops.h", "(void)esp_ota_get_app_description;", "v3.3", "v3.3.3", "v4.0", "v4.4"],
  ["esp_ota_ops.h", "(void)esp_ota_get_running_partition;"],
  ["esp_app_desc.h", "(void)esp_app_get_description;", "v5.0", "v5.4", "v6.0"],
  ["esp_event_loop.h", "(void)esp_event_loop_init;", "v3.3", "v3.3.3", "v4.0"],
  ["tcpip_adapter.h", "(void)tcpip_adapter_init;", "v3.3", "v3.3.3", "v4.0"],
  ["esp_netif.h", "(void)esp_netif_init;", "v4.4", "v5.0", "v5.4", "v6.0"],
  [
    "esp_http_client.h",
    "esp_http_client_config_t config = { .buffer_size_tx = 1 };",
    ...["v4.0", "v4.4", "v5.0", "v5.4", "v6.0"],
  ],
  [
    "mbedtls/sha256.h",
    "int (*starts)(mbedtls_sha256_context *, int) = mbedtls_sha256_starts_ret;",
    ...["v3.3", "v3.3.3", "v4.0", "v4.4"],
  ],
  [
    "mbedtls/sha256.h",
    "int (*starts)(mbedtls_sha256_context *, int) = mbedtls_sha256_starts;",
    ...["v5.0", "v5.4"],
  ],
  ["psa/crypto.h", "(void)psa_hash_setup;", "v6.0"],
  ["nvs_flash.h", "(void)nvs_flash_init;", ...versions],
  ["nvs_flash.h", "(void)nvs_flash_erase;"],
];

/** All parts as one text, in which each part is a line: so one run of the compiler tells which of them are missing. */
const allParts = parts.flatMap(([header, use], i) =>
  [
    `#if __has_include("${header}")`,
    `#include "${header}"`,
    `void part_${i}(void) { ${use} }`,
    "#else",
    "#error missing",
    "#endif",
  ].map((line) => `#line ${i + 1} "part"\n${line}\n`),
);

function presentIn(version: string): readonly (typeof parts)[number][] {
  const said = compileText(version, `#include <stddef.h>\n#include <stdint.h>\n${allParts.join("")}`);
  const missing = new Set([...said.matchAll(/^part:(\d+):\d+: error/gm)].map(([, line]) => Number(line)));
  return parts.filter((_, i) => !missing.has(i + 1));
}

describe.skipIf(!findCompiler())("the stubs declare what their versions have, and no more", () => {
  it.each(versions)("%s", (version) =>
    expect(presentIn(version)).toEqual(parts.filter(([, , ...having]) => having.includes(version))),
  );
});

describe("the options of the repartitioner", () => {
  const optionsOf = (file: string, pattern: RegExp) =>
    [...readFileSync(file, "utf8").matchAll(pattern)].map(([, name]) => name).sort();

  it("are the same in menuconfig and in the stub of sdkconfig.h", () => {
    const asked = optionsOf("firmware/port/Kconfig.projbuild", /^ +config (\w+)/gm);
    const given = optionsOf("firmware/host_test/stubs/all/crossflash_options.h", /^#define CONFIG_(\w+)/gm);
    expect(asked).toEqual([...given, "RP_SERVER_CERTIFICATE"].sort());
  });

  it("are all that the port asks for, and no more", () => {
    const port = "firmware/port";
    const files = readdirSync(port).filter((name) => /\.[ch]$/.test(name));
    const used = files.flatMap((name) => optionsOf(`${port}/${name}`, /CONFIG_(RP_\w+)/g));
    expect([...new Set(used)].sort()).toEqual(optionsOf(`${port}/Kconfig.projbuild`, /^ +config (\w+)/gm));
  });
});

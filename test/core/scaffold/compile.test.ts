import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { HEADER } from "../../../core/scaffold/scaffold";
import { balancedTarget } from "../migrate/plan/plans";
import { proposalsOf } from "../migrate/solve/proposals";
import { stockTables } from "../migrate/stockTables";
import { projectOf, type Wanted } from "./projects";

const hasGcc = (() => {
  try {
    execFileSync("gcc", ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
})();

const stubs = `${process.cwd()}/firmware/host_test/stubs`;

/** The folders of stubs of an ESP-IDF, as `scripts/firmware.mjs` has them. */
const asIdf = (...layers: readonly string[]): readonly string[] => [
  "-DESP_PLATFORM",
  ...[...layers, "all"].map((layer) => `-I${stubs}/${layer}`),
];

interface Compilation {
  readonly wanted: Wanted;
  /** Which of its files are compiled. */
  readonly of: (path: string) => boolean;
  readonly options: readonly string[];
  readonly patch?: (text: string) => string;
  /** Headers that are there besides, by their paths. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** What gcc complains about where files of a project are compiled. */
function complaints({ wanted, of, options, patch = (text) => text, headers = {} }: Compilation): string {
  const folder = mkdtempSync(join(tmpdir(), "crossflash-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  try {
    const { files } = projectOf(wanted);
    for (const { path, text } of files) write(path, path === HEADER ? patch(text) : text);
    for (const [path, text] of Object.entries(headers)) write(path, text);
    const chosen = files.map(({ path }) => path).filter(of);
    if (chosen.length === 0) return "nothing to compile";
    const arguments_ = [
      "-std=gnu99",
      "-Wall",
      "-Wextra",
      "-Werror",
      "-fsyntax-only",
      `-I${folder}`,
      ...options,
    ];
    execFileSync("gcc", [...arguments_, ...chosen.map((path) => join(folder, path))], { stdio: "pipe" });
    return "";
  } catch (error) {
    return error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const isSource = (path: string): boolean => /^main\/.*\.c$/.test(path);
const isConfig = (path: string): boolean => path === "main/rp_config.c";
const ofLine = (idf: string): Wanted => ({ bootloader: { idf }, idfVersion: idf });

const migrations: Readonly<Record<string, Wanted>> = {
  "the published layout": {},
  "two equal slots": { target: balancedTarget },
  "a factory app that changes the table": {
    source: stockTables["ESP-IDF two_ota"].table,
    target: proposalsOf("ESP-IDF two_ota").flatMap((one) => (one.isPossible ? [one.csv] : []))[0] ?? "",
  },
};

/** `esp_https_ota` as ESP-IDF documents it, before v5.0 and since. */
const updates = {
  before: "esp_err_t esp_https_ota(const esp_http_client_config_t *config);",
  since:
    "typedef struct { const esp_http_client_config_t *http_config; } esp_https_ota_config_t;\nesp_err_t esp_https_ota(const esp_https_ota_config_t *config);",
};

describe.skipIf(!hasGcc)("with gcc, what is generated compiles", () => {
  it.each([
    ["v3.3.5", ["v3.3.3", "v3.3"]],
    ["v4.0.2", ["v4.0", "v3.3"]],
    ["v4.4.8", ["v4.4"]],
    ["v5.0.4", ["v5.0"]],
    ["v5.4.2", ["v5.4", "v5.0"]],
  ])("as a whole for ESP-IDF %s", (idf, layers) => {
    expect(complaints({ wanted: ofLine(idf), of: isSource, options: asIdf(...layers) })).toBe("");
  });

  it.each(Object.entries(migrations))("for %s", (_, wanted) => {
    expect(complaints({ wanted, of: isConfig, options: asIdf("v3.3") })).toBe("");
  });

  it("alone, as C and not for a device", () => {
    const options = ["-x", "c", "-Wno-unused-const-variable", "-Wno-unused-variable"];
    expect(complaints({ wanted: {}, of: (path) => path === HEADER, options })).toBe("");
  });

  it.each([
    ["v3.3.5", ["v3.3"], updates.before],
    ["v4.4.8", ["v4.4"], updates.before],
    ["v5.0.4", ["v5.0"], updates.since],
  ])("in the firmware of today, with ESP-IDF %s", (idf, layers, declaration) => {
    const headers = { "esp_https_ota.h": `#pragma once\n#include "esp_http_client.h"\n${declaration}\n` };
    const of = (path: string) => path === "snippets/ota_call.c";
    expect(complaints({ wanted: ofLine(idf), of, options: asIdf(...layers), headers })).toBe("");
  });

  it.each([
    [
      "the filesystem of another export",
      /#define PARTITION_VFS_OFFSET \S+/,
      "#define PARTITION_VFS_OFFSET 0x300000",
      /scaffold/,
    ],
    [
      "a filesystem that is not erased as a whole",
      /#define PARTITION_VFS_SIZE \S+/,
      "#define PARTITION_VFS_SIZE 0x140000",
      /Not all of the filesystem/,
    ],
    [
      "another place of the table",
      /#define REPARTITION_TABLE_OFFSET \S+/,
      "#define REPARTITION_TABLE_OFFSET 0x9000",
      /CONFIG_PARTITION_TABLE_OFFSET/,
    ],
    ["half a table", /source_table\[0xc00\]/, "source_table[0xc01]", /source_table/],
  ] as const)("but not with %s", (_, from, to, said) => {
    const patch = (text: string) => text.replace(from, to);
    expect(complaints({ wanted: {}, of: isConfig, options: asIdf("v3.3"), patch })).toMatch(said);
  });
});

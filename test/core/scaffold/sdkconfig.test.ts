import { describe, expect, it } from "vitest";
import { analyse } from "../../../core/analyse";
import { readHeader } from "../../../core/export/readHeader";
import type { FlashMode } from "../../../core/image/header";
import { buildConfig } from "../../../core/project/buildConfig";
import { parseSdkconfig } from "../../../core/project/sdkconfig";
import { printTable } from "../../../core/table/print";
import { fileOf, projectOf, type Wanted, wantedProject } from "./projects";

/** A bootloader of each line of ESP-IDF that a project can be made for. */
const lines = [
  "v3.3.5",
  "v4.0.2",
  "v4.1.1",
  "v4.2.4",
  "v4.3.1",
  "v4.4.8",
  "v5.0.4",
  "v5.1.4",
  "v5.2.2",
  "v5.3.2",
  "v5.4.2",
  "v5.5.1",
];

/** The same line with an app of its own, so that the verdict is no reason. */
const ofLine = (idf: string): Wanted => ({ bootloader: { idf }, idfVersion: idf });

/** What Crossflash itself says of a generated project while the table is edited. */
function problemsOf(wanted: Wanted): readonly string[] {
  const { migration } = wantedProject(wanted);
  const project = projectOf(wanted);
  const { bootloader, delivery = {} } = migration.manifest;
  const text = fileOf(project, "sdkconfig.defaults");
  const name = "repartitioner/main/repartition.h";
  return analyse(printTable(migration.target), {
    ...migration.facts,
    delivery,
    source: migration.source.entries,
    header: { ...readHeader(fileOf(project, "main/repartition.h")), name },
    build: buildConfig({ name: "repartitioner/sdkconfig.defaults", text }, undefined, bootloader),
  })
    .problems.filter(({ id }) => /^(sdkconfig|header)-/.test(id))
    .map(({ id, message }) => `${id}: ${message}`);
}

describe("the rules find nothing wrong with a project", () => {
  it.each(lines)("for ESP-IDF %s", (idf) => {
    expect(problemsOf(ofLine(idf))).toEqual([]);
  });

  it("for a table at another place", () => {
    const rows = `nvs, data, nvs, 0xa000, 0x4000\notadata, data, ota, 0xe000, 0x2000`;
    const tables = {
      source: `${rows}\napp0, app, ota_0, 0x10000, 0x140000\napp1, app, ota_1, 0x150000, 0x140000`,
      target: `${rows}\napp0, app, ota_0, 0x10000, 0x140000\napp1, app, ota_1, 0x150000, 0x180000\nvfs, data, fat, 0x2d0000, 0x130000`,
    };
    const { facts, source } = wantedProject(tables).migration;
    const tableOffset = 0x9000;
    const wanted = {
      ...tables,
      changes: { facts: { ...facts, tableOffset }, source: { ...source, tableOffset } },
    };
    expect(fileOf(projectOf(wanted), "sdkconfig.defaults")).toContain("CONFIG_PARTITION_TABLE_OFFSET=0x9000");
    expect(problemsOf(wanted)).toEqual([]);
  });

  it("although its bootloader is of another major version, where that is allowed", () => {
    const { migration } = wantedProject({ bootloader: { idf: "v4.4.8" }, idfVersion: "v5.0.4" });
    const wanted: Wanted = {
      bootloader: { idf: "v4.4.8" },
      idf: "v5.0.4",
      idfVersion: "v5.0.4",
      changes: { question: { ...migration.question, rule: "documented" } },
    };
    expect(fileOf(projectOf(wanted), "sdkconfig.defaults")).toContain("CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP=y");
    expect(problemsOf(wanted)).toEqual([]);
  });
});

describe("sdkconfig.defaults", () => {
  const optionsOf = (wanted: Wanted) => parseSdkconfig(fileOf(projectOf(wanted), "sdkconfig.defaults"));

  it.each<[string, Wanted, string, string | undefined]>([
    ["guard up to v3.3", {}, "CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED", "y"],
    ["guard since v4.0", ofLine("v4.0.2"), "CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED", "y"],
    [
      "no old name since v4.0",
      ofLine("v4.0.2"),
      "CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED",
      undefined,
    ],
    ["rollback up to v3.3", {}, "CONFIG_APP_ROLLBACK_ENABLE", "n"],
    ["rollback since v4.0", ofLine("v4.4.8"), "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE", "n"],
    ["plain HTTP up to v4.4", ofLine("v4.4.8"), "CONFIG_OTA_ALLOW_HTTP", "y"],
    ["plain HTTP since v5.0", ofLine("v5.0.4"), "CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP", "y"],
    ["the chip since v4.0", ofLine("v4.0.2"), "CONFIG_IDF_TARGET", "esp32"],
    ["no chip before", {}, "CONFIG_IDF_TARGET", undefined],
    ["the flash", {}, "CONFIG_ESPTOOLPY_FLASHSIZE_4MB", "y"],
    ["the table of the devices", {}, "CONFIG_PARTITION_TABLE_CUSTOM_FILENAME", "partitions.csv"],
    ["the MD5", {}, "CONFIG_PARTITION_TABLE_MD5", "y"],
    ["the address", {}, "CONFIG_RP_MICROPYTHON_URL", "http://192.168.1.10:9000/micropython.bin"],
    ["where reports go", {}, "CONFIG_RP_REPORT_URL", "http://192.168.1.10:9000/report"],
    ["no address that nobody named", { delivery: {} }, "CONFIG_RP_MICROPYTHON_URL", undefined],
    ["no certificate for plain HTTP", {}, "CONFIG_RP_SERVER_CERTIFICATE", undefined],
    ["a certificate for HTTPS", { delivery: secure() }, "CONFIG_RP_SERVER_CERTIFICATE", "y"],
    [
      "a certificate for HTTPS with a password",
      { delivery: { micropython: "https://a:b@updates.example/micropython.bin" } },
      "CONFIG_RP_SERVER_CERTIFICATE",
      "y",
    ],
    [
      "where reports go over HTTPS",
      { delivery: secure() },
      "CONFIG_RP_REPORT_URL",
      "https://updates.example/report",
    ],
    [
      "where reports go below a token",
      { delivery: { micropython: "http://h:9000/a-token/fw/micropython.bin" } },
      "CONFIG_RP_REPORT_URL",
      "http://h:9000/a-token/fw/report",
    ],
    [
      "where reports go, not with a query",
      { delivery: { micropython: "http://h:9000/fw/micropython.bin?to=/a/b#c/d" } },
      "CONFIG_RP_REPORT_URL",
      "http://h:9000/fw/report",
    ],
    [
      "no address that would begin another line",
      { delivery: { micropython: "http://h/a\nCONFIG_X=y" } },
      "CONFIG_RP_MICROPYTHON_URL",
      undefined,
    ],
    ["the mode up to v3.3", {}, "CONFIG_FLASHMODE_DIO", "y"],
    ["no newer name of the mode up to v3.3", {}, "CONFIG_ESPTOOLPY_FLASHMODE_DIO", undefined],
    ["the mode since v4.0", ofLine("v4.0.2"), "CONFIG_ESPTOOLPY_FLASHMODE_DIO", "y"],
    ["a clock that every chip knows", {}, "CONFIG_ESPTOOLPY_FLASHFREQ_40M", "y"],
    ["the clock of the bootloader", driven("dio", 80), "CONFIG_ESPTOOLPY_FLASHFREQ_80M", "y"],
    ["one clock only", driven("dio", 80), "CONFIG_ESPTOOLPY_FLASHFREQ_40M", undefined],
    ["a mode that runs under QIO", driven("qio", 80), "CONFIG_FLASHMODE_DIO", "y"],
    ["the mode of a bootloader for DOUT", driven("dout", 40), "CONFIG_FLASHMODE_DOUT", "y"],
    ["a usual clock for one that has no name", driven("dio", 60), "CONFIG_ESPTOOLPY_FLASHFREQ_40M", "y"],
    ["one core, for chips that have no more", {}, "CONFIG_FREERTOS_UNICORE", "y"],
    ["small size up to v3.3", {}, "CONFIG_OPTIMIZATION_LEVEL_RELEASE", "y"],
    ["small size in v4.0", ofLine("v4.0.2"), "CONFIG_COMPILER_OPTIMIZATION_LEVEL_RELEASE", "y"],
    ["small size since v4.1", ofLine("v4.1.1"), "CONFIG_COMPILER_OPTIMIZATION_SIZE", "y"],
    ["no secure boot in v4.0", ofLine("v4.0.2"), "CONFIG_SECURE_BOOT_ENABLED", "n"],
    ["no secure boot since v4.1", ofLine("v4.1.1"), "CONFIG_SECURE_BOOT", "n"],
    ["no core dump up to v4.2", ofLine("v4.2.4"), "CONFIG_ESP32_ENABLE_COREDUMP_TO_FLASH", "n"],
    ["no core dump since v4.3", ofLine("v4.3.1"), "CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH", "n"],
    [
      "no guess at an address with quotes",
      { delivery: { micropython: 'http://h/"x' } },
      "CONFIG_RP_MICROPYTHON_URL",
      undefined,
    ],
  ])("has %s", (_, wanted, name, value) => {
    expect(optionsOf(wanted).get(name)).toBe(value);
  });

  it("has no MD5 where the devices have none", () => {
    const { migration } = wantedProject();
    const changes = { facts: { ...migration.facts, md5Row: false } };
    expect(optionsOf({ changes }).get("CONFIG_PARTITION_TABLE_MD5")).toBe("n");
  });
});

describe("the clock of the flash", () => {
  const notes = (wanted: Wanted) =>
    projectOf(wanted).notes.filter((note) => note.includes("drives their flash"));

  it.each(["v4.3.1", "v4.3.3", "v4.4", "v4.4.1", "v5.5", "v5.5.2"])(
    "has to be known for ESP-IDF %s, of which apps crash where it is another one",
    (idf) => {
      expect(notes(ofLine(idf))).toHaveLength(1);
      expect(notes({ ...ofLine(idf), ...driven("dio", 80) })).toEqual([]);
    },
  );

  it.each(["v3.3.5", "v4.2.4", "v4.3.4", "v4.4.2", "v5.0", "v5.4.2", "v5.5.3"])(
    "does not matter for ESP-IDF %s",
    (idf) => {
      expect(notes(ofLine(idf))).toEqual([]);
    },
  );
});

function driven(flashMode: FlashMode, flashFrequency: number): Wanted {
  return { changes: { bootloaderFlash: { flashMode, flashFrequency } } };
}

function secure() {
  return { micropython: "https://updates.example/micropython.bin" };
}

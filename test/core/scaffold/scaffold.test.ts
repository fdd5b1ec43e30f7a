import { describe, expect, it } from "vitest";
import { chipById } from "../../../core/chip/targets";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import { decodeHeader } from "../../../core/export/header";
import { findMacros } from "../../../core/export/macros";
import { projectIdf } from "../../../core/scaffold/projectIdf";
import { scaffold } from "../../../core/scaffold/scaffold";
import { configOf } from "../../../core/sim/repartitioner/configOf";
import { fileOf, projectOf, refusalOf, type Wanted, wantedProject } from "./projects";

const paths = (wanted: Wanted): readonly string[] => projectOf(wanted).files.map(({ path }) => path);

describe("the files of a project", () => {
  it("are the sources, what follows from the migration, and a place for secrets that is the user's", () => {
    const project = projectOf();
    expect(project.files.filter(({ kind }) => kind === "yours").map(({ path }) => path)).toEqual([
      "main/rp_secrets.h",
    ]);
    expect(paths({})).toEqual(
      expect.arrayContaining([
        "CMakeLists.txt",
        "Makefile",
        "main/CMakeLists.txt",
        "main/component.mk",
        "main/Kconfig.projbuild",
        "main/main.c",
        "main/rp_config.c",
        "main/rp_config.h",
        "main/repartition.h",
        "main/rp_secrets.example.h",
        "partitions.csv",
        "sdkconfig.defaults",
        "snippets/ota_call.c",
        "snippets/ota_call.ino",
        "README.md",
        ".gitignore",
      ]),
    );
    expect(new Set(paths({})).size).toBe(paths({}).length);
  });

  it("have no make where ESP-IDF has none", () => {
    expect(paths({ ...modern, idf: "v5.0.4" }).filter((path) => /Makefile|component\.mk/.test(path))).toEqual(
      [],
    );
  });

  it("call the app as the devices download it", () => {
    const project = projectOf();
    expect(project.name).toBe("field-update");
    expect(fileOf(project, "CMakeLists.txt")).toContain("project(field-update)");
    expect(fileOf(project, "Makefile")).toContain("PROJECT_NAME := field-update");
    expect(fileOf(project, "README.md")).toContain("build/field-update.bin");
  });

  it.each([
    ["http://host/a b.bin"],
    ["http://host/x$(id).bin"],
    ["http://host/"],
    ["http://host/-rf.bin"],
    ["http://host/update.img"],
  ])("call the app as always where %s is no name of a binary", (repartitioner) => {
    expect(projectOf({ delivery: { repartitioner } }).name).toBe("repartitioner");
  });

  it("are the same for the same migration", () => {
    expect(projectOf()).toEqual(projectOf());
  });
});

const modern = { bootloader: { idf: "v5.0.4" }, idfVersion: "v5.0.4" };

describe("repartition.h", () => {
  it("holds what the simulated repartitioner is told", () => {
    const { migration } = wantedProject();
    const config = configOf(migration, migration.micropython);
    if (!config.ok) throw new Error(config.message);
    const header = fileOf(projectOf(), "main/repartition.h");
    expect(decodeHeader(header)).toEqual({ ok: true, value: config.value.targetTable });
    expect(decodeHeader(header, "source_table")).toEqual({ ok: true, value: config.value.sourceTable });
    const macros = findMacros(header, [
      "REPARTITION_TABLE_OFFSET",
      "REPARTITION_RUNNER_OFFSET",
      "REPARTITION_RECEIVER_OFFSET",
      "REPARTITION_FILESYSTEM_OFFSET",
      "REPARTITION_MICROPYTHON_SIZE",
    ]);
    expect(macros.ok && macros.value.map(({ literal }) => literal.value)).toEqual([
      0x8000,
      0x10000,
      0x150000,
      0x2d0000,
      migration.micropython.size,
    ]);
    for (const sha256 of [migration.micropython.sha256, migration.micropython.headSha256])
      expect(header.replace(/[^0-9a-f]|0x/g, "")).toContain(sha256);
  });
});

describe("secrets", () => {
  const files = projectOf({
    delivery: {
      repartitioner: "http://user:hunter2@host/repartitioner.bin",
      micropython: "https://user:hunter2@host/micropython.bin",
    },
  });

  it("of an address stand in no file", () => {
    expect(files.files.filter(({ text }) => text.includes("hunter2"))).toEqual([]);
    expect(files.notes.join(" ")).toContain("main/rp_secrets.h");
  });

  it("have a file that git ignores", () => {
    expect(fileOf(files, ".gitignore").split("\n")).toContain("/main/rp_secrets.h");
  });
});

describe("no project is made", () => {
  it.each<[string, Wanted, RegExp]>([
    [
      "where the plan has errors",
      { target: "app0, app, ota_0, 0x10000, 0x140000" },
      /^plan: No project was made, because the plan has/,
    ],
    ["where the devices would not start MicroPython", { idfVersion: "v3.3.2" }, /^refused: .*MicroPython/],
    [
      "for an ESP-IDF that is older than the bootloader",
      { idf: "v3.3.2" },
      /^idf: .*older than the bootloader/,
    ],
    ["for another major version", { idf: "v4.4" }, /^idf: .*another major version/],
    ["for an ESP-IDF that nobody has tried", { ...modern, idf: "v9.9" }, /^idf: No project can be made/],
  ])("%s", (_, wanted, said) => {
    expect(refusalOf(wanted)).toMatch(said);
  });

  it("without sources", () => {
    const made = scaffold({ ...wantedProject(), templates: new Map() });
    expect(made.ok ? "" : made.reason).toBe("sources");
  });
});

describe("the ESP-IDF", () => {
  it.each<[string, Wanted, string]>([
    ["is the one of the bootloader", {}, "v3.3.5"],
    [
      "is the release behind the commits of the bootloader",
      { bootloader: { idf: "v4.4.1-472-gc9140caf8c" }, idfVersion: "v4.4.2" },
      "v4.4.2",
    ],
    [
      "is the oldest with a description of apps for older bootloaders",
      { bootloader: { idf: "v3.2.3" } },
      "v3.3.5",
    ],
    ["is the one that is told", { ...modern, idf: "v5.1.4" }, "v5.1.4"],
    ["is the bootloader's release of a line that is told", { ...modern, idf: "5.0" }, "v5.0.4"],
    ["is the line that is told where the bootloader is of an older one", { ...modern, idf: "v5.2" }, "v5.2"],
  ])("%s", (_, wanted, release) => {
    expect(projectOf(wanted).idf.release).toBe(release);
  });

  it.each([
    ["esp32c3", "v4.2", /does not know the ESP32-C3\. v4\.3 is the first that does/],
    ["esp32c3", "v4.3", undefined],
    ["esp32s2", "v4.1.1", /does not know the ESP32-S2\. v4\.2/],
    ["esp32h4", "v5.5", /does not know the ESP32-H4\. None of the versions/],
  ])("knows the chip: %s with %s", (id, told, said) => {
    const chip = chipById(id);
    const chosen = projectIdf(
      { bootloader: bootloaderVersion({ idf: "v4.1" }), rule: "documented", chip },
      told,
    );
    expect(chosen.ok ? undefined : chosen.message).toEqual(said && expect.stringMatching(said));
  });

  it("has to be told where nobody knows the bootloader", () => {
    const nothing = { bootloader: bootloaderVersion({}), rule: "strict", chip: undefined } as const;
    expect(projectIdf(nothing, undefined)).toMatchObject({
      ok: false,
      message: expect.stringMatching(/--idf/),
    });
    expect(projectIdf(nothing, "v4.4.8")).toMatchObject({
      value: { release: "v4.4.8", doubt: expect.stringMatching(/must not be of an older one/) },
    });
  });
});

import { describe, expect, it } from "vitest";
import type { ChipId } from "../../../core/chip/targets";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import { arduinoRows } from "../../../core/compat/data/arduino";
import { emulatedApps, emulatedBootloaders } from "../../../core/compat/data/emulated";
import { knownCases } from "../../../core/compat/data/knownCases";
import { micropythonRows } from "../../../core/compat/data/micropython";
import { rankOf, type Verdict } from "../../../core/compat/evidence";
import type { VersionRule } from "../../../core/compat/pair";
import { versionReason } from "../../../core/compat/versionReason";
import { appOf, bootloaderImage, RULES, versionOf } from "./questions";

/** Bootloader, app, what the strict rule says and what the documented one does. */
type Case = readonly [bootloader: string, app: string, strict: Verdict, documented: Verdict];

const check = (bootloader: string, app: string, strict: Verdict, documented: Verdict): void => {
  expect(versionOf(bootloader, app, "strict").reason.verdict).toBe(strict);
  expect(versionOf(bootloader, app, "documented").reason.verdict).toBe(documented);
};

describe("the verdict on the versions", () => {
  it.each<Case>([
    ["v4.4.4", "image v4.4.4", "supported", "supported"],
    ["v4.4.4", "image v4.4.4-dirty", "supported", "supported"],
    ["v4.4.4", "image v4.4.3", "refused", "refused"],
    ["v4.4.4", "image v3.3.2", "refused", "refused"],
    ["v4.4.4", "image v5.0.4", "refused", "risky"],
    ["v3.3.2", "image v4.2.4", "refused", "risky"],
    ["v5.5.1", "image v6.0", "refused", "risky"],
    ["arduino 1.0.4", "1.14", "supported", "supported"],
    ["arduino 1.0.5", "image v3.3.4", "risky", "risky"],
    ["arduino 1.0.5", "image v3.3.5", "supported", "supported"],
    ["arduino 2.0.0", "1.18", "risky", "risky"],
    ["arduino 2.0.0", "1.19", "supported", "supported"],
    ["arduino 2.0.17", "1.20.0", "refused", "refused"],
    ["arduino 2.0.17", "1.21", "refused", "risky"],
    ["arduino 3.0.4", "1.24.0", "supported", "supported"],
    ["arduino 3.0.4", "image v5.1.4", "risky", "risky"],
    ["v4.0-beta1", "1.12", "risky", "risky"],
    ["v4.2.2", "image v4.2.x", "unknown", "unknown"],
    ["v5.0", "image", "unknown", "unknown"],
    ["v5.0", "image 9e627e7-dirty", "unknown", "unknown"],
    ["v5.0", "2.7", "unknown", "unknown"],
    ["somewhat old", "1.14", "unknown", "unknown"],
    ["arduino 9.9.9", "1.14", "unknown", "unknown"],
    ["arduino 2.0.8", "1.20", "refused", "refused"],
    ["arduino 1.0.3", "1.14", "unknown", "unknown"],
  ])("bootloader %s, %s: %s, %s", check);

  it.each<[string, string, ChipId, string]>([
    ["v4.4", "1.20.0", "esp32c3", "v4.4"],
    ["v4.2", "1.20.0", "esp32", "v4.2.x"],
    ["v4.3", "1.17", "esp32s2", "v4.3"],
  ])("bootloader %s, %s on %s is answered for downloads of %s", (bootloader, release, chip, idf) => {
    expect(versionOf(bootloader, release, "strict", chip)).toMatchObject({
      idf: { text: idf },
      buildWith: undefined,
    });
  });

  it("takes bounds for what they are", () => {
    const bootloader = bootloaderVersion({ image: bootloaderImage({ texts: ["E (%u) %s: x"] }) });
    const verdictOf = (idfVersion: string) =>
      versionReason({ bootloader, app: { release: idfVersion }, rule: "strict" }).reason.verdict;
    expect(bootloader.idf?.text).toBe("v4.1.2 or later, but before v5.0");
    expect([verdictOf("1.14"), verdictOf("1.20"), verdictOf("1.21")]).toEqual([
      "refused",
      "unknown",
      "refused",
    ]);
  });

  it("says what to build and what the download would come to", () => {
    expect(versionOf("v4.2", "1.15").reason.sentence).toBe(
      "MicroPython 1.15 of ESP-IDF v4.2 is not older than the bootloader, which is of ESP-IDF v4.2, and has the same major version. Build it with ESP-IDF v4.2: what its project publishes for download was built with v4.0.2, for which the verdict is: refused.",
    );
  });
});

describe("what was reported of pairs", () => {
  it.each<[string, string, ChipId, VersionRule, Verdict, string]>([
    ["v3.1", "v3.3.1", "esp32", "strict", "risky", "esp-idf#5099"],
    ["v3.2.3", "v4.1", "esp32", "documented", "risky", "arduino-esp32#3989"],
    ["v4.2", "v4.3", "esp32", "strict", "risky", "esp-idf#9156"],
    ["v4.3.2", "v4.4.1", "esp32", "strict", "risky", "esp-idf#9156"],
    ["v5.4.2", "v5.5.1", "esp32", "strict", "risky", "esp-idf#17985, esphome#12109"],
    ["v5.5", "v5.5.1", "esp32", "strict", "risky", "esp-idf#17977, esp-idf#17905"],
    ["v4.4.4", "v5.0.2", "esp32s3", "documented", "risky", "esp-idf#11649"],
    ["v5.2.1", "v6.0.1", "esp32c6", "documented", "risky", "esp-idf#18769"],
    ["v5.3", "v6.0.1", "esp32", "strict", "refused", "esp-idf#14474"],
    ["v5.0.4", "v5.2.2", "esp32", "strict", "supported", "ESP-IDF's documentation of the bootloader"],
  ])(
    "bootloader %s, app %s on %s by the %s rule: %s, %s",
    (bootloader, app, chip, rule, expected, source) => {
      const { reason } = versionOf(bootloader, `image ${app}`, rule, chip);
      expect(reason.verdict).toBe(expected);
      expect(reason.evidence.map((one) => one.source)).toContain(source);
    },
  );

  it("is not held against other pairs", () => {
    for (const [bootloader, app, chip] of [
      ["v3.1", "v3.3.2", "esp32"],
      ["v3.2.2", "v3.3.1", "esp32"],
      ["v4.2", "v4.3.4", "esp32"],
      ["v4.3.2", "v4.4.2", "esp32"],
      ["v5.4.2", "v5.5.3", "esp32"],
      ["v5.4.2", "v5.5.1", "esp32s3"],
    ] as const)
      expect(versionOf(bootloader, `image ${app}`, "strict", chip).reason.verdict).toBe("supported");
  });

  it("is covered by these tests row by row", () => {
    expect(knownCases).toHaveLength(10);
  });
});

describe("emulated evidence", () => {
  const kindsOf = (bootloader: string, app: string, chip: ChipId = "esp32") =>
    versionOf(bootloader, `image ${app}`, "strict", chip).reason.evidence.filter(
      ({ kind }) => kind === "emulated",
    );

  it("is cited for every pair that was tried, and changes no verdict", () => {
    for (const bootloader of emulatedBootloaders)
      for (const { idf, name } of emulatedApps) {
        const cited = kindsOf(bootloader, idf);
        expect(cited).toHaveLength(1);
        expect(cited[0]?.sentence).toContain(
          `${name} (ESP-IDF ${idf}) started under a bootloader of ${bootloader}.`,
        );
      }
    expect(versionOf("v3.3.2", "image v5.2.2").reason.verdict).toBe("refused");
    expect(versionOf("v5.4.2", "image v3.3.2").reason.verdict).toBe("refused");
  });

  it("contradicts the limits in general where the pair was not tried", () => {
    expect(kindsOf("v4.1", "v5.1.2")[0]?.sentence).toContain("This pair was not tried");
    expect(kindsOf("v4.1", "v4.2.2")).toEqual([]);
  });

  it("is of an ESP32 only", () => {
    expect(kindsOf("v3.3.2", "v5.2.2", "esp32s3")).toEqual([]);
  });

  it("is not of a bootloader of which only bounds are known", () => {
    const bootloader = bootloaderVersion({ image: bootloaderImage({ texts: ["E (%u) %s: x"] }) });
    const { reason } = versionReason({ bootloader, app: appOf("image v4.2.4"), rule: "strict" });
    expect(reason.evidence.filter(({ kind }) => kind === "emulated")).toEqual([]);
  });

  it("never stands alone behind a support", () => {
    for (const bootloader of [...emulatedBootloaders, ...arduinoRows.map(({ core }) => `arduino ${core}`)])
      for (const { release } of micropythonRows) {
        const { verdict, evidence } = versionOf(bootloader, release).reason;
        if (verdict === "supported") expect(evidence.some(({ kind }) => kind === "documented")).toBe(true);
      }
  });
});

describe("over all rows", () => {
  const everyPair = RULES.flatMap((rule) =>
    arduinoRows.flatMap((row) => micropythonRows.map(({ release }) => ({ row, release, rule }))),
  );

  it("no row without a source supports anything", () => {
    const low = everyPair.filter(({ row }) => row.confidence === "low");
    const found = low.map(({ row, release, rule }) => versionOf(`arduino ${row.core}`, release, rule));
    expect(new Set(found.map(({ reason }) => reason.verdict))).toEqual(new Set(["unknown", "refused"]));
    expect(found.filter(({ buildWith }) => buildWith !== undefined)).toEqual([]);
  });

  it("the documented rule refuses nothing that the strict one lets pass", () => {
    for (const { row, release } of everyPair) {
      const [strict, documented] = RULES.map(
        (rule) => versionOf(`arduino ${row.core}`, release, rule).reason.verdict,
      );
      expect(rankOf(documented ?? "refused")).toBeGreaterThanOrEqual(rankOf(strict ?? "supported"));
    }
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bootloaderVersion } from "../../../core/compat/bootloaderVersion";
import { arduinoRows } from "../../../core/compat/data/arduino";
import type { EvidenceKind, Topic, Verdict } from "../../../core/compat/evidence";
import { type CompatQuestion, verdict } from "../../../core/compat/verdict";
import { bootloaderImage, chipOf, image, question, VERDICTS } from "./questions";

const reasonOf = (changes: Partial<CompatQuestion>, topic: Topic) =>
  verdict(question(changes)).reasons.find((reason) => reason.topic === topic);

const check = (topic: Topic, changes: Partial<CompatQuestion>, expected: Verdict, words: RegExp): void => {
  const reason = reasonOf(changes, topic);
  expect(reason?.verdict).toBe(expected);
  expect(reason?.sentence).toMatch(words);
};

const idf = (text: string) => ({ bootloader: bootloaderVersion({ idf: text }) });
const app = (idfVersion: string, changes = {}) => ({ app: { image: image({ idfVersion, ...changes }) } });

describe("every fact of a device has its reason", () => {
  it.each<[Topic, Partial<CompatQuestion>, Verdict, RegExp]>([
    ["chip", {}, "supported", /built for ESP32, as the devices are/],
    ["chip", { chip: chipOf("esp32s3") }, "refused", /built for ESP32, but the devices are ESP32-S3/],
    ["chip", { chip: undefined }, "unknown", /State it/],
    ["chip", { app: { release: "1.15" } }, "unknown", /Choose the binary of MicroPython 1\.15/],
    ["chip-revision", {}, "supported", /runs on chip revision v3\.0/],
    ["chip-revision", app("v4.4", { minChipRevision: 301 }), "refused", /needs chip revision v3\.1 or later/],
    [
      "chip-revision",
      { ...app("v5.2", { maxChipRevision: 299 }), ...idf("v5.1") },
      "refused",
      /up to v2\.99/,
    ],
    [
      "chip-revision",
      { ...app("v5.2", { maxChipRevision: 299 }), ...idf("v4.4.4") },
      "risky",
      /too old to refuse/,
    ],
    [
      "chip-revision",
      { ...app("v5.2", { maxChipRevision: 299 }), ...idf("v4.4.x") },
      "unknown",
      /not known whether/,
    ],
    ["chip-revision", { app: { release: "1.15" } }, "unknown", /Choose the binary/],
    ["chip-revision", { chipRevision: undefined }, "supported", /every revision/],
    [
      "chip-revision",
      { chipRevision: undefined, ...app("v5.2", { maxChipRevision: 399 }) },
      "supported",
      /every/,
    ],
    [
      "chip-revision",
      { chipRevision: undefined, ...app("v5.2", { minChipRevision: 300 }) },
      "unknown",
      /Read the/,
    ],
    [
      "chip-revision",
      { chipRevision: undefined, chip: chipOf("esp32c3"), ...app("v4.4.7", { maxChipRevision: 99 }) },
      "unknown",
      /Read the revision/,
    ],
    ["flash-size", {}, "supported", /ends at 4 MB, within the 4 MB/],
    [
      "flash-size",
      { flashSizeInHeader: 0x200000 },
      "refused",
      /ends at 4 MB, but the bootloader believes in 2 MB/,
    ],
    ["flash-size", { flashSizeInHeader: undefined }, "unknown", /Read its header/],
    ["flash-size", { flashSizeNeeded: undefined }, "unknown", /Choose the target table/],
    ["md5-row", {}, "supported", /knows the MD5 row/],
    ["md5-row", { tableMd5: undefined }, "unknown", /whether the target table has/],
    ["md5-row", { ...idf("v3.0.7"), ...app("v3.3.2") }, "refused", /Make the table without it/],
    [
      "md5-row",
      { ...idf("v3.0.7"), ...app("v3.3.6") },
      "refused",
      /older ESP-IDF and make the table without/,
    ],
    ["md5-row", idf("no version"), "unknown", /the table that the devices have now/],
    ["md5-row", { ...app("v3.3.2"), tableMd5: false }, "supported", /Neither/],
    ["md5-row", { ...app("v4.4"), tableMd5: false }, "refused", /Make the table with it/],
    ["md5-row", { ...app("v4.4"), ...idf("v3.0.7"), tableMd5: false }, "refused", /too old for the row/],
    ["md5-row", { ...app("v4.2.x"), ...idf("v4.1"), tableMd5: false }, "unknown", /Leave the row on/],
    ["rollback", {}, "supported", /does not undo/],
    ["rollback", { rollback: "on" }, "risky", /Build the repartitioner without rollback/],
    ["rollback", { rollback: "unknown" }, "unknown", /CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE/],
    ["rollback", { rollback: undefined }, "unknown", /not known/],
    ["rollback", { rollback: undefined, ...idf("v3.2.3") }, "supported", /too old/],
    [
      "rollback",
      { rollback: undefined, bootloader: bootloaderVersion({ arduino: "2.0.3" }) },
      "supported",
      /Arduino/,
    ],
    [
      "rollback",
      { rollback: undefined, bootloader: bootloaderVersion({ arduino: "2.0.4" }) },
      "unknown",
      /not known/,
    ],
    ["rollback", { rollback: "on", bootloader: bootloaderVersion({ arduino: "1.0.6" }) }, "risky", /undoes/],
    ["secure-boot", {}, "supported", /off/],
    ["secure-boot", { secureBoot: "on" }, "refused", /signed/],
    ["secure-boot", { secureBoot: "unknown" }, "unknown", /eFuses/],
    ["flash-encryption", {}, "supported", /off/],
    ["flash-encryption", { flashEncryption: "on" }, "refused", /does not support it/],
    ["flash-encryption", { flashEncryption: undefined }, "unknown", /eFuses/],
  ])("%s %#: %s, %s", (topic, changes, expected, words) => check(topic, changes, expected, words));

  it("and a contradiction is one of its own", () => {
    const bootloader = bootloaderVersion({ image: bootloaderImage({ idfVersion: "v5.2.2" }), idf: "v5.0" });
    const answer = verdict(question({ bootloader, ...app("v5.2.2") }));
    expect(answer.reasons[0]).toMatchObject({ topic: "bootloader", verdict: "unknown" });
    expect(answer.verdict).toBe("unknown");
  });
});

describe("what was seen in emulation is cited", () => {
  it.each<[Topic, Partial<CompatQuestion>, RegExp]>([
    ["flash-size", { flashSizeInHeader: 0x200000 }, /exceeds flash chip size 0x200000/],
    ["md5-row", { ...app("v4.4"), tableMd5: false }, /MicroPython 1\.20/],
    ["rollback", { rollback: "on" }, /undid it at the next reset/],
    ["version", idf("no version"), /Shelly/],
  ])("%s", (topic, changes, words) => {
    const cited = reasonOf(changes, topic)?.evidence.filter(({ kind }) => kind === "emulated") ?? [];
    expect(cited.map(({ sentence }) => sentence).join()).toMatch(words);
  });
});

describe("the verdict as a whole", () => {
  /** Facts that may be known or not, each with values that are fine, that are not, and nothing. */
  const anyQuestion = fc.record({
    bootloader: fc
      .constantFrom("v3.0.7", "v4.0.2", "v4.2.x", "nothing", "v5.2")
      .map((text) => idf(text).bootloader),
    app: fc.constantFrom(
      {},
      { release: "1.15" },
      { release: "1.15", image: image() },
      app("v5.2", { maxChipRevision: 1 }).app,
    ),
    rule: fc.constantFrom("strict" as const, "documented" as const),
    chip: fc.constantFrom(undefined, chipOf("esp32"), chipOf("esp32s3")),
    chipRevision: fc.constantFrom(undefined, 0, 300),
    flashSizeInHeader: fc.constantFrom(undefined, 0x200000, 0x400000),
    flashSizeNeeded: fc.constantFrom(undefined, 0x400000),
    tableMd5: fc.constantFrom(undefined, true, false),
    rollback: fc.constantFrom(undefined, "on" as const, "off" as const),
    secureBoot: fc.constantFrom(undefined, "on" as const, "off" as const),
    flashEncryption: fc.constantFrom(undefined, "on" as const, "off" as const),
  });

  it("is the worst of its reasons; unknown unless one refuses", () => {
    fc.assert(
      fc.property(anyQuestion, (some) => {
        const { verdict: overall, reasons } = verdict(some);
        const has = (wanted: Verdict) => reasons.some((reason) => reason.verdict === wanted);
        const expected = (["refused", "unknown", "risky"] as const).find(has) ?? "supported";
        expect(overall).toBe(expected);
        expect(reasons.map(({ topic }) => topic)).toEqual([
          "version",
          "chip",
          "chip-revision",
          "flash-size",
          "md5-row",
          "rollback",
          "secure-boot",
          "flash-encryption",
        ]);
      }),
    );
  });

  it("is supported where every fact is known and fine, and without any one of them no longer", () => {
    expect(verdict(question()).verdict).toBe("supported");
    const facts = [
      "chip",
      "flashSizeInHeader",
      "flashSizeNeeded",
      "tableMd5",
      "rollback",
      "secureBoot",
      "flashEncryption",
    ] as const;
    for (const fact of facts) expect(verdict(question({ [fact]: undefined })).verdict).toBe("unknown");
    expect(verdict(question({ bootloader: bootloaderVersion({}) })).verdict).toBe("unknown");
    expect(verdict(question({ app: {} })).verdict).toBe("unknown");
  });

  it("takes nothing for granted from the ESP-IDF of an Arduino core without a source", () => {
    const low = arduinoRows.filter(({ confidence }) => confidence === "low");
    const topics: readonly Topic[] = ["version", "md5-row", "chip-revision", "rollback"];
    const supported = low.flatMap(({ core }) => {
      const bootloader = bootloaderVersion({ arduino: core });
      const changes = { bootloader, ...app("v5.1.5", { maxChipRevision: 299 }), rollback: undefined };
      return topics
        .filter((topic) => reasonOf(changes, topic)?.verdict === "supported")
        .map((topic) => [core, topic]);
    });
    // That these cores came without rollback was said of the cores, whatever their ESP-IDF.
    expect(supported).toEqual(["1.0.0", "1.0.1", "1.0.3"].map((core) => [core, "rollback"]));
  });

  it("says for every reason what is the case, and cites whole sentences with a source and a kind", () => {
    const kinds: readonly EvidenceKind[] = ["documented", "vendor", "reported", "emulated", "measured"];
    fc.assert(
      fc.property(anyQuestion, (some) => {
        for (const { verdict: one, sentence, evidence } of verdict(some).reasons) {
          expect(VERDICTS).toContain(one);
          expect(sentence).toMatch(/^[A-Z].*\.$/);
          for (const cited of evidence) {
            expect(kinds).toContain(cited.kind);
            expect(cited.source).not.toBe("");
            expect(cited.sentence).toMatch(/^[A-Z].*\.$/);
          }
        }
      }),
    );
  });
});

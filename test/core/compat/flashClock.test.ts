import { describe, expect, it } from "vitest";
import { bootloaderVersion, deviceBootloader } from "../../../core/compat/bootloaderVersion";
import { compatApp } from "../../../core/compat/builds";
import { knownCases } from "../../../core/compat/data/knownCases";
import type { Verdict } from "../../../core/compat/evidence";
import { parseIdfVersion } from "../../../core/compat/idfVersion";
import { needsSameClock } from "../../../core/compat/pairEvidence";
import { repartitionerReason } from "../../../core/compat/repartitioner";
import { type CompatQuestion, verdict } from "../../../core/compat/verdict";
import { inspectImage } from "../../../core/image/inspect";
import { makeApp, makeBootloader, sealAgain } from "../../support/imageFixture";
import { claimsOf, image, question, versionOf } from "./questions";

/** Low nibble of the fourth byte of an image (`esp_image_spi_freq_t`), by MHz. */
const NIBBLES = { 20: 2, 26: 1, 40: 0, 80: 15 } as const;
type Clock = keyof typeof NIBBLES;

function clocked(bytes: Uint8Array, clock: Clock): Uint8Array {
  bytes[3] = ((bytes[3] ?? 0) & 0xf0) | NIBBLES[clock];
  return sealAgain(bytes);
}

/** The bootloader in a file of which the header has this clock; without one only its ESP-IDF is told. */
const bootloaderOf = (idf: string, clock: Clock | undefined) =>
  bootloaderVersion({
    ...claimsOf(idf),
    image:
      clock && deviceBootloader(inspectImage(clocked(makeBootloader({ texts: ["E (%u) %s: x"] }), clock))),
  });

function appOfFile(idfVersion: string, clock: Clock) {
  const report = inspectImage(clocked(makeApp({ idfVersion }), clock));
  if (report.kind !== "app") throw new Error(report.kind);
  return compatApp(report.app);
}

const versionAnswer = (changes: Partial<CompatQuestion>) => {
  const found = verdict(question(changes)).reasons.find(({ topic }) => topic === "version");
  if (!found) throw new Error("there is no reason for the version");
  return found;
};

/** ESP-IDF and clock of the bootloader, the same of the app, the verdict, and what is said of the clocks. */
type Pair = readonly [string, Clock | undefined, string, Clock, Verdict, RegExp];

const NOTHING = /^(?!.*clock)/;

const pairs: readonly Pair[] = [
  ["v4.2", 40, "v4.3.3", 40, "supported", /crash there .* Here both have 40 MHz\.$/],
  ["v4.2", 80, "v4.3", 80, "supported", /Here both have 80 MHz\.$/],
  ["v4.2", 40, "v4.3.3", 80, "risky", /bootloader has 40 MHz and the app 80 MHz\. Build the app with 40 MHz/],
  ["v4.2", 80, "v4.3.3", 40, "risky", /bootloader has 80 MHz and the app 40 MHz\. Build the app with 80 MHz/],
  ["v4.2", undefined, "v4.3.3", 40, "risky", /app has 40 MHz; which clock the bootloader has is not known/],
  ["v4.2", 40, "v4.3.4", 80, "supported", NOTHING],
  ["v4.4", 26, "v4.4.1", 40, "risky", /bootloader has 26 MHz/],
  ["v4.4", 40, "v4.4.1", 40, "supported", /Here both/],
  ["v4.4", 40, "v4.4.2", 80, "supported", NOTHING],
  ["v4.4", undefined, "v4.4.2", 80, "supported", NOTHING],
];

describe("the clock of the flash in both headers", () => {
  it.each(pairs)(
    "bootloader %s at %s MHz, app %s at %s MHz: %s",
    (idf, clock, app, appClock, expected, words) => {
      const bootloader = bootloaderOf(idf, clock);
      const started = appOfFile(app, appClock);
      const version = versionAnswer({ bootloader, app: started });
      expect(version.verdict).toBe(expected);
      expect(version.sentence.replace(/ Try it on a lab board.*$/, "")).toMatch(words);
      const repartitioner = repartitionerReason(question({ bootloader }), started.image ?? image());
      expect(repartitioner.verdict).toBe(expected);
      if (expected === "risky") expect(repartitioner.sentence).toMatch(words);
    },
  );

  it("counts for v5.5 to v5.5.2, too", () => {
    const verdicts = ["v5.5", "v5.5.1", "v5.5.2", "v5.5.3"].map((idfVersion) =>
      ([40, 80] as const).map((flashFrequency) => {
        const bootloader = { ...bootloaderVersion({ idf: "v5.5" }), flashClock: 40 };
        return versionAnswer({ bootloader, app: { image: image({ idfVersion, flashFrequency }) } }).verdict;
      }),
    );
    expect(verdicts).toEqual([
      ["supported", "risky"],
      ["supported", "risky"],
      ["supported", "risky"],
      ["supported", "supported"],
    ]);
  });

  it("stays a risk where the header of the app does not tell its own", () => {
    const app = { image: image({ idfVersion: "v4.3", flashFrequency: undefined }) };
    const { sentence, verdict: one } = versionAnswer({ bootloader: bootloaderOf("v4.2", 40), app });
    expect(one).toBe("risky");
    expect(sentence).toContain("The bootloader has 40 MHz; which clock the app has is not known.");
  });
});

describe("an app that is yet to be built", () => {
  it("is not risky, but it is said which clock it needs and that nobody knows it", () => {
    const { reason } = versionOf("arduino 2.0.0", "1.19");
    expect(reason.verdict).toBe("supported");
    expect(reason.sentence).toContain(
      "So build it with the clock of the bootloader, which is not known. Read the bootloader from a device: the header of its image names the clock.",
    );
    expect(reason.evidence.map(({ source }) => source)).toContain("esp-idf#9156");
  });

  it("gets the clock of a bootloader that is known", () => {
    const bootloader = { ...bootloaderVersion({ arduino: "2.0.0" }), flashClock: 80 };
    const { sentence, verdict: one } = versionAnswer({ bootloader, app: { release: "1.19" } });
    expect([one, sentence.includes("which is 80 MHz.")]).toEqual(["supported", true]);
  });

  it("may be of a binary's release: then the binary decides", () => {
    const { verdict: one } = versionAnswer({
      bootloader: { ...bootloaderVersion({ arduino: "2.0.0" }), flashClock: 80 },
      app: { release: "1.19", image: image({ idfVersion: "v4.4", flashFrequency: 40 }) },
    });
    expect(one).toBe("risky");
  });
});

it.each<[string, boolean]>([
  ["v4.2.5", false],
  ["v4.3", true],
  ["v4.3.3", true],
  ["v4.3.4", false],
  ["v4.4", true],
  ["v4.4.1", true],
  ["v4.4.2", false],
  ["v5.4.2", false],
  ["v5.5", true],
  ["v5.5.2", true],
  ["v5.5.3", false],
])("apps of %s need the clock of the bootloader: %s", (text, expected) => {
  const idf = parseIdfVersion(text);
  expect(idf && needsSameClock(idf)).toBe(expected);
});

it("only the ESP32 sets its clock in the start of an app", () => {
  const chips = knownCases.filter(({ onlyOtherClock }) => onlyOtherClock).map(({ chip }) => chip);
  expect(chips).toEqual(["esp32", "esp32", "esp32"]);
});

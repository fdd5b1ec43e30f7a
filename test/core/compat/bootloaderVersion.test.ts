import { describe, expect, it } from "vitest";
import {
  type BootloaderClaims,
  bootloaderVersion,
  deviceBootloader,
} from "../../../core/compat/bootloaderVersion";
import { arduinoRows } from "../../../core/compat/data/arduino";
import { inspectImage } from "../../../core/image/inspect";
import { makeBootloader, makeCombined } from "../../support/imageFixture";
import { bootloaderImage } from "./questions";

const GREETING = "I (%d) %s: ESP-IDF %s 2nd stage bootloader";
const named = bootloaderImage({ texts: [GREETING, "v3.3.5-1-g85c43024c"] });
const described = bootloaderImage({ idfVersion: "v5.2.2" });
const silent = bootloaderImage({ texts: ["E (%u) %s: x"] });
const ofCommit = bootloaderImage({ idfVersion: "9e627e7-dirty" });
const ofArduino = bootloaderImage({ texts: ["/home/runner/arduino-lib-builder/esp-idf"] });

const check = (
  claims: BootloaderClaims,
  idf: string | undefined,
  core: string | undefined,
  kinds: string,
): void => {
  const found = bootloaderVersion(claims);
  expect(found.idf?.text).toBe(idf);
  expect(found.arduino?.core).toBe(core);
  expect(found.evidence.map(({ kind }) => kind).join()).toBe(kinds);
};

describe("the ESP-IDF of a bootloader", () => {
  it.each<[string, BootloaderClaims, string | undefined, string | undefined, string]>([
    ["its greeting, as an Arduino core", { image: named }, "v3.3.5", "1.0.6", "measured"],
    ["its descriptor", { image: described }, "v5.2.2", undefined, "measured"],
    ["its fingerprints", { image: silent }, "v4.1.2 or later, but before v5.0", undefined, "measured"],
    ["the Arduino core", { arduino: "v1.0.6" }, "v3.3.5", "1.0.6", "reported"],
    ["the exact build of a core", { arduino: "2.0.0" }, "v4.4-dev-2313-gc69f0ec32", "2.0.0", "documented"],
    [
      "the exact build where only a + is known",
      { arduino: "2.0.4" },
      "v4.4.1-472-gc9140caf8c",
      "2.0.4",
      "reported",
    ],
    ["an open version", { arduino: "3.0.4" }, "v5.1.4+", "3.0.4", "vendor"],
    ["a stated build of a core", { idf: "v3.3.5-1-g85c43024c" }, "v3.3.5", "1.0.6", "reported"],
    ["what was stated", { idf: "v4.4.7" }, "v4.4.7", undefined, "reported"],
    [
      "a statement within the fingerprints",
      { image: silent, idf: "v4.4" },
      "v4.4",
      undefined,
      "reported,measured",
    ],
    ["the core before the statement", { arduino: "1.0.6", idf: "v3.3.5" }, "v3.3.5", "1.0.6", "reported"],
    [
      "the statement before a core without a source",
      { arduino: "1.0.3", idf: "v3.2.4" },
      "v3.2.4",
      "1.0.3",
      "reported",
    ],
    ["the image before all", { image: described, arduino: "1.0.6" }, "v5.2.2", undefined, "measured"],
    ["nobody", {}, undefined, undefined, ""],
    ["an unknown core", { arduino: "9.9.9" }, undefined, undefined, ""],
    ["words", { idf: "the latest" }, undefined, undefined, ""],
  ])("from %s", (_, claims, idf, core, kinds) => check(claims, idf, core, kinds));

  it("stands on no source where the row has none", () => {
    expect(bootloaderVersion({ arduino: "1.0.3" }).confidence).toBe("low");
    expect(bootloaderVersion({ arduino: "1.0.6" }).confidence).toBe("high");
    expect(bootloaderVersion({ arduino: "1.0.3", idf: "v3.2.4" }).confidence).toBe("high");
  });

  it("is found by what the builds of each core print", () => {
    for (const { core, idfVer } of arduinoRows)
      if (idfVer !== undefined)
        expect(
          bootloaderVersion({ image: bootloaderImage({ texts: [GREETING, idfVer] }) }).arduino?.core,
        ).toBe(core);
  });
});

describe("statements that cannot both be true", () => {
  const contradictionsOf = (claims: BootloaderClaims) => bootloaderVersion(claims).contradictions;

  it.each<[string, BootloaderClaims, string]>([
    [
      "image and core",
      { image: described, arduino: "1.0.6" },
      "The bootloader image says ESP-IDF v5.2.2, but the stated Arduino core 1.0.6 means ESP-IDF v3.3.5. Find out which one the devices have.",
    ],
    [
      "image and statement",
      { image: named, idf: "v4.4" },
      "The bootloader image says ESP-IDF v3.3.5-1-g85c43024c, but the stated version is ESP-IDF v4.4. Find out which one the devices have.",
    ],
    [
      "fingerprints and statement",
      { image: silent, idf: "v3.3.5" },
      "The bootloader image shows ESP-IDF v4.1.2 or later, but before v5.0, but the stated version is ESP-IDF v3.3.5. Find out which one the devices have.",
    ],
    [
      "core and statement",
      { arduino: "1.0.6", idf: "v4.4" },
      "The stated Arduino core 1.0.6 means ESP-IDF v3.3.5, but the stated version is ESP-IDF v4.4. Find out which one the devices have.",
    ],
  ])("%s", (_, claims, sentence) => expect(contradictionsOf(claims)).toEqual([sentence]));

  it.each<[string, BootloaderClaims]>([
    ["a release and its build", { image: named, idf: "v3.3.5" }],
    ["a core and its build", { image: named, arduino: "1.0.6" }],
    ["a core and its release", { arduino: "3.0.4", idf: "v5.1.4" }],
    ["fingerprints and what is within", { image: silent, arduino: "2.0.5" }],
  ])("%s can", (_, claims) => expect(contradictionsOf(claims)).toEqual([]));

  it("leave the fingerprints where the statement is denied", () => {
    expect(bootloaderVersion({ image: silent, idf: "v3.3.5" }).idf?.text).toBe(
      "v4.1.2 or later, but before v5.0",
    );
  });
});

describe("what tells nothing is named", () => {
  it.each<[BootloaderClaims, RegExp]>([
    [{ arduino: "9.9.9" }, /Arduino core "9\.9\.9"/],
    [{ idf: "the latest" }, /"the latest" is not a version/],
    [{ image: ofCommit }, /"9e627e7-dirty", which is no release/],
    [{ image: ofArduino }, /was built for Arduino/],
  ])("%#", (claims, words) => expect(bootloaderVersion(claims).gaps.join()).toMatch(words));
});

describe("the bootloader in a file", () => {
  const bootloader = makeBootloader({ idfVersion: "v5.2.2" });

  it.each<[string, Uint8Array, string | undefined]>([
    ["alone", bootloader, "v5.2.2"],
    ["in a dump", makeCombined({ bootloader, flashOffset: 0, size: 0x400000 }), "v5.2.2"],
    ["combined for flashing, which is no device's", makeCombined({ bootloader }), undefined],
  ])("%s", (_, bytes, idf) => {
    expect(deviceBootloader(inspectImage(bytes))?.version.idfVersion).toBe(idf);
  });
});

import { describe, expect, it } from "vitest";
import { readAppDescriptor } from "../../../core/image/appDescriptor";
import { type BootloaderVersion, readBootloader } from "../../../core/image/bootloader";
import { toHex } from "../../../core/image/bytes";
import { readImage } from "../../../core/image/readImage";
import { pattern } from "../../support/bytes";
import { type BootloaderFixture, makeApp, makeBootloader } from "../../support/imageFixture";

const descriptorOf = (bytes: Uint8Array) => {
  const image = readImage(bytes);
  return image.ok ? readAppDescriptor(bytes, image.value) : image;
};

const checkVersion = (fixture: BootloaderFixture, expected: Partial<BootloaderVersion>): void => {
  const bytes = makeBootloader(fixture);
  const image = readImage(bytes);
  expect(image.ok && readBootloader(bytes, image.value).version).toMatchObject(expected);
};

describe("the app descriptor", () => {
  it("gives what the build wrote", () => {
    const bytes = makeApp({ idfVersion: "v4.4.4-dirty", projectName: "simple_ota", version: "1.2" });
    expect(descriptorOf(bytes)).toEqual({
      secureVersion: 0,
      version: "1.2",
      projectName: "simple_ota",
      time: "",
      date: "",
      idfVersion: "v4.4.4-dirty",
      elfSha256: toHex(pattern(32, 4)),
      minEfuseBlockRevision: 0,
      maxEfuseBlockRevision: 0,
      mmuPageSize: undefined,
    });
  });

  it("may fill its fields to the last byte", () => {
    const projectName = "a-project-with-a-name-of-32-chars";
    expect(descriptorOf(makeApp({ projectName }))).toMatchObject({ projectName: projectName.slice(0, 32) });
  });

  it("is missing in apps of ESP-IDF v3.2 and earlier", () => {
    expect(descriptorOf(makeApp({ descriptor: "none" }))).toBeUndefined();
  });
});

describe("the ESP-IDF version of a bootloader", () => {
  const greeting = "\x1b[0;32mI (%d) %s: ESP-IDF %s 2nd stage bootloader";
  const errors = ["partition %d invalid magic number 0x%x"];
  const md5 = "Incorrect MD5 checksum";
  const chipId = "mismatch chip ID, expected %d, found %d";

  it("is in the descriptor since v5.2", () => {
    checkVersion({ idfVersion: "v5.2.2" }, { idfVersion: "v5.2.2", source: "descriptor", atLeast: "v5.2" });
  });

  it("stands beside the greeting before", () => {
    const texts = [greeting, "v3.3.5-1-g85c43024c"];
    checkVersion({ texts }, { idfVersion: "v3.3.5-1-g85c43024c", source: "text" });
  });

  it("is not guessed from other texts", () => {
    checkVersion({ texts: ["v3.3.5"] }, { idfVersion: undefined, source: "unknown" });
    checkVersion({ texts: [greeting, "v3.3.5", "v4.0"] }, { idfVersion: undefined, source: "unknown" });
    checkVersion({ texts: [greeting, "very 1.0", "v3", "v4.0 and more"] }, { idfVersion: undefined });
  });

  it("is bounded by log formats and messages where it is unknown", () => {
    checkVersion({}, { source: "unknown", atLeast: undefined, before: "v5.2", arduino: false });
    checkVersion({ texts: ["E (%lu) %s: x"] }, { atLeast: "v5.0", before: "v5.2" });
    checkVersion({ texts: ["E (%u) %s: x"] }, { atLeast: "v4.1.2", before: "v5.0" });
    checkVersion(
      { texts: ["E (%d) %s: x", ...errors, md5, chipId] },
      { atLeast: "v3.1.7", before: "v4.2.1" },
    );
    checkVersion({ texts: ["E (%d) %s: x", ...errors, md5] }, { atLeast: "v3.1", before: "v3.3.1" });
    checkVersion({ texts: ["E (%d) %s: x", ...errors] }, { atLeast: undefined, before: "v3.1" });
  });

  it("tells Arduino's own bootloaders", () => {
    checkVersion({ texts: ["/home/runner/arduino-lib-builder/esp-idf"] }, { arduino: true });
  });
});

import { describe, expect, it } from "vitest";
import {
  findMicroPython,
  type MicroPythonBuild,
  type MicroPythonVariant,
} from "../../../core/image/micropython";
import { makeApp, micropythonTexts } from "../../support/imageFixture";

const find = (...texts: string[]) => findMicroPython(makeApp({ texts }));

const checkFound = (texts: readonly string[], expected: Partial<MicroPythonBuild>): void => {
  expect(find(...texts)).toMatchObject(expected);
};

const release = (major: number, minor: number, patch = 0) => ({ major, minor, patch });

describe("MicroPython", () => {
  it("is found with version, date and machine", () => {
    expect(find(...micropythonTexts())).toEqual({
      version: "v1.23.0",
      release: release(1, 23),
      date: "2024-06-02",
      machine: "Generic ESP32 module with ESP32",
      variants: [],
      fork: undefined,
    });
  });

  it("up to v1.19 says it all in one text", () => {
    checkFound(["MicroPython v1.12 on 2019-12-20; ESP32 module with ESP32\r\n"], {
      version: "v1.12",
      release: release(1, 12),
      date: "2019-12-20",
      machine: "ESP32 module with ESP32",
    });
  });

  it("may have its banner only inside the text of sys.version", () => {
    checkFound(
      ["3.4.0; MicroPython v1.22.2-dirty on 2026-04-19", "; Generic ESP32 module with OTA with ESP32"],
      {
        version: "v1.22.2-dirty",
        machine: "Generic ESP32 module with OTA with ESP32",
        variants: ["OTA"],
      },
    );
  });

  it.each([
    ["v1.24.0-preview.39.gdf4191378.dirty", release(1, 24)],
    ["v1.17-89-g30268c93d", release(1, 17)],
    ["v1.19.1", release(1, 19, 1)],
    ["v1.28.0", release(1, 28)],
    ["afceb56-dirty", undefined],
  ])("%s is a version", (version, expected) => {
    checkFound(micropythonTexts(version), { version, release: expected });
  });

  it("is based on the release that platform() names, whatever a fork calls its versions", () => {
    const platform = "MicroPython-1.25.0-preview-xtensa-IDFv5.3.2-with-newlib4.3.0";
    checkFound([platform, ...micropythonTexts("v1.5.3-lorawan")], {
      version: "v1.5.3-lorawan",
      release: release(1, 25),
    });
    checkFound([platform, "LVGL (9.2.2) MicroPython (1.25.0) Binding compiled on 2025-07-05"], {
      version: "1.25.0-preview",
      release: release(1, 25),
      date: undefined,
      machine: undefined,
    });
  });

  it.each<[string, MicroPythonVariant[]]>([
    ["4MB/OTA module with ESP32", ["OTA"]],
    ["ESP32 module (spiram) with ESP32", ["SPIRAM"]],
    ["Generic ESP32S3 module with Octal-SPIRAM with ESP32S3", ["SPIRAM_OCT"]],
    ["Generic ESP32 module with SPIRAM and OTA with ESP32", ["OTA", "SPIRAM"]],
    ["LOLIN_S2_MINI with ESP32-S2FN4R2", []],
  ])("on %s has the variants %j", (machine, variants) => {
    checkFound(micropythonTexts("v1.24.0", machine), { machine, variants });
  });

  it("of LoBo is a fork with versions of its own", () => {
    checkFound(["MicroPython ESP32_LoBo_v3.2.24 - 2018-09-06 on ESP32&psRAM board with ESP32\r\n"], {
      version: "v3.2.24",
      release: undefined,
      date: "2018-09-06",
      machine: "ESP32&psRAM board with ESP32",
      fork: "LoBo",
    });
  });

  it("is not found where its name is only mentioned", () => {
    expect(find()).toBeUndefined();
    expect(
      find("Works with MicroPython on the ESP32!", "MicroPython v1.23.0", "micropython-1.0", "x with ESP32"),
    ).toBe(undefined);
  });
});

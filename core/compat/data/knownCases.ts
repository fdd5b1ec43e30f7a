import type { ChipId } from "../../chip/targets";
import { type Evidence, evidence } from "../evidence";

/** What somebody saw or promised of certain pairs. Versions include both ends; `to` may be open ("v4.3.x"). */
export interface KnownCase {
  readonly bootloader: readonly [from: string, to: string];
  readonly app: readonly [from: string, to: string];
  /** Undefined: for every chip. */
  readonly chip: ChipId | undefined;
  /** `failure`: it did not start. `note`: to be read, but no reason to fear. */
  readonly effect: "failure" | "note";
  /** It only happened on devices whose bootloader drives the flash with another clock than the app. */
  readonly onlyOtherClock?: true;
  readonly evidence: Evidence;
}

const failed = (source: string, sentence: string): Evidence => evidence("reported", source, sentence);

/** Pairs of which it is known that they failed although the app is newer, and what Espressif said of pairs. */
export const knownCases: readonly KnownCase[] = [
  {
    bootloader: ["v3.1", "v3.1"],
    app: ["v3.3.1", "v3.3.1"],
    chip: "esp32",
    effect: "failure",
    evidence: failed(
      "esp-idf#5099",
      "A bootloader of v3.1 did not start apps of v3.3.1; it started apps of v3.3.2.",
    ),
  },
  {
    bootloader: ["v3.2.3", "v3.2.3"],
    app: ["v4.1-beta1", "v4.1.x"],
    chip: "esp32",
    effect: "failure",
    evidence: failed(
      "arduino-esp32#3989",
      "With the bootloader of Arduino 1.0.4 (v3.2.3) an app of v4.1 crashed after the update.",
    ),
  },
  {
    bootloader: ["v2.0", "v4.3.x"],
    app: ["v4.3", "v4.3.3"],
    chip: "esp32",
    effect: "failure",
    onlyOtherClock: true,
    evidence: failed(
      "esp-idf#9156",
      "Apps of v4.3 did not start where the flash frequency of the bootloader was another one than the app's; those of v4.3.4 do.",
    ),
  },
  {
    bootloader: ["v2.0", "v4.4.x"],
    app: ["v4.4", "v4.4.1"],
    chip: "esp32",
    effect: "failure",
    onlyOtherClock: true,
    evidence: failed(
      "esp-idf#9156",
      "Apps of v4.4 and v4.4.1 have what keeps apps of v4.3 from starting where the flash frequency of the bootloader is another one than the app's; those of v4.4.2 do not have it any more.",
    ),
  },
  {
    bootloader: ["v2.0", "v5.5.x"],
    app: ["v5.5", "v5.5.2"],
    chip: "esp32",
    effect: "failure",
    onlyOtherClock: true,
    evidence: failed(
      "esp-idf#17977, esp-idf#17905",
      "Apps of v5.5.1 and v5.5.2 did not start where the flash frequency of the bootloader was another one than the app's; those of v5.5.3 do.",
    ),
  },
  {
    bootloader: ["v2.0", "v5.4.2"],
    app: ["v5.5.1", "v5.5.1"],
    chip: "esp32",
    effect: "failure",
    evidence: failed(
      "esp-idf#17985, esphome#12109",
      "A board that ran apps of v5.4.2 died early in the start of an app of v5.5.1.",
    ),
  },
  {
    bootloader: ["v4.4.4", "v4.4.4"],
    app: ["v5.0.2", "v5.0.2"],
    chip: "esp32s3",
    effect: "failure",
    evidence: failed(
      "esp-idf#11649",
      "With a bootloader of v4.4.4 an app of v5.0.2 with PSRAM at 120 MHz did not come back from a restart.",
    ),
  },
  {
    bootloader: ["v5.2", "v5.2.x"],
    app: ["v6.0.1", "v6.0.1"],
    chip: "esp32c6",
    effect: "failure",
    evidence: failed(
      "esp-idf#18769",
      "A bootloader of v5.2 reset as soon as it jumped into an app of v6.0.1.",
    ),
  },
  {
    bootloader: ["v5.0", "v5.5.x"],
    app: ["v6.0-beta1", "v6.99.x"],
    chip: undefined,
    effect: "note",
    evidence: evidence(
      "vendor",
      "esp-idf#14474",
      "Espressif says that bootloaders of v5 will be able to load apps of v6.",
    ),
  },
  {
    bootloader: ["v2.0", "v5.0.x"],
    app: ["v5.1", "v5.99.x"],
    chip: "esp32",
    effect: "note",
    evidence: evidence(
      "documented",
      "ESP-IDF's documentation of the bootloader",
      "Bootloaders before v5.1 do not start apps that were built with CONFIG_ESP_SYSTEM_ESP32_SRAM1_REGION_AS_IRAM.",
    ),
  },
];

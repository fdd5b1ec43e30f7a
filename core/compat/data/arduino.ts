import type { Confidence, EvidenceKind } from "../evidence";

/** Which ESP-IDF the bootloaders of an Arduino core were built with. */
export interface ArduinoRow {
  readonly core: string;
  /** Its release, "x" and "+" where only so much is known. */
  readonly idf: string;
  /** What its builds print (`IDF_VER`); undefined where it is not known. */
  readonly idfVer: string | undefined;
  readonly kind: EvidenceKind;
  readonly source: string;
  /** `low`: no source was found; such a row is shown, but supports nothing. */
  readonly confidence: Confidence;
}

const row = (
  core: string,
  idf: string,
  idfVer: string | undefined,
  kind: EvidenceKind,
  confidence: Confidence,
  source: string,
): ArduinoRow => ({ core, idf, idfVer, kind, source, confidence });

/** A core whose builds print no known string. */
const plain = (core: string, idf: string, kind: EvidenceKind, confidence: Confidence, source: string) =>
  row(core, idf, undefined, kind, confidence, source);

const MEMORY = "no source was found";
const ISSUE_10461 = "arduino-esp32#10461";
const ESPHOME = "ESPHome's table of Arduino cores";
const titleOf = (core: string): string => `title of the release ${core} of arduino-esp32`;

/** Strings of `git describe` were checked against ESP-IDF: the commits exist, and their dates fit the releases. Oldest first. */
export const arduinoRows: readonly ArduinoRow[] = [
  plain("1.0.0", "v3.2-dev", "reported", "low", "between arduino-esp32#1765 and the release 1.0.1"),
  row("1.0.1", "v3.2-dev", "v3.2-dev-1148-g96cd3b75c", "reported", "low", MEMORY),
  row("1.0.2", "v3.2", "v3.2-18-g977854975", "reported", "medium", "device logs from 2019-04-21 on"),
  plain("1.0.3", "v3.2.x", "reported", "low", MEMORY),
  row("1.0.4", "v3.2.3", "v3.2.3-14-gd3e562907", "reported", "high", "many device logs"),
  row("1.0.5", "v3.3.4+", "v3.3.4-432-g7a85334d8", "reported", "high", "device log of 2021-03-13"),
  row("1.0.6", "v3.3.5", "v3.3.5-1-g85c43024c", "reported", "high", "arduino-esp32#5545, #6933"),
  row("2.0.0", "v4.4-dev", "v4.4-dev-2313-gc69f0ec32", "documented", "high", "source comments naming both"),
  row("2.0.1", "v4.4-dev", "v4.4-dev-3569-g6a7d83af19", "reported", "high", "dates of commit and release"),
  row("2.0.2", "v4.4-beta1+", "v4.4-beta1-189-ga79dc75f0a", "reported", "high", "device dump of core 2.0.2"),
  row("2.0.3", "v4.4.1", "v4.4.1-1-gb8050b365e", "vendor", "high", titleOf("2.0.3")),
  row("2.0.4", "v4.4.1+", "v4.4.1-472-gc9140caf8c", "reported", "high", "arduino-esp32#7196"),
  plain("2.0.5", "v4.4.2", "vendor", "high", titleOf("2.0.5")),
  plain("2.0.6", "v4.4.3", "reported", "medium", "notes of other projects"),
  plain("2.0.7", "v4.4.4", "reported", "low", MEMORY),
  plain("2.0.8", "v4.4.4", "reported", "low", MEMORY),
  plain("2.0.9", "v4.4.4", "reported", "medium", "WLED's platformio.ini, of a fork"),
  plain("2.0.10", "v4.4.5", "reported", "low", MEMORY),
  plain("2.0.11", "v4.4.5", "reported", "low", MEMORY),
  plain("2.0.12", "v4.4.5", "reported", "low", MEMORY),
  plain("2.0.13", "v4.4.x", "reported", "low", "v4.4.5 or v4.4.6; no source was found"),
  plain("2.0.14", "v4.4.6", "vendor", "high", titleOf("2.0.14")),
  plain("2.0.15", "v4.4.7", "reported", "low", MEMORY),
  plain("2.0.16", "v4.4.7", "vendor", "high", titleOf("2.0.16")),
  plain("2.0.17", "v4.4.7", "reported", "medium", "build files of several projects"),
  plain("3.0.0", "v5.1.4", "reported", "low", "branch from arduino-esp32#10005, patch not sourced"),
  plain("3.0.1", "v5.1.4", "reported", "low", "branch from arduino-esp32#10005, patch not sourced"),
  plain("3.0.2", "v5.1.4", "reported", "low", "branch from arduino-esp32#10005, patch not sourced"),
  plain("3.0.3", "v5.1.4", "reported", "low", "branch from arduino-esp32#10005, patch not sourced"),
  plain("3.0.4", "v5.1.4+", "vendor", "high", titleOf("3.0.4")),
  plain("3.0.5", "v5.1.4", "reported", "medium", ISSUE_10461),
  plain("3.0.6", "v5.1.4", "reported", "medium", "between 3.0.5 and 3.0.7"),
  plain("3.0.7", "v5.1.4+", "vendor", "high", `${titleOf("3.0.7")}, as others quote it`),
  plain("3.1.0", "v5.3.x", "reported", "low", `${ESPHOME}: 5.3.0; ${ISSUE_10461}: 5.3.1`),
  plain("3.1.1", "v5.3.x", "reported", "medium", `${ESPHOME}: 5.3.1`),
  plain("3.1.2", "v5.3.2", "reported", "medium", ESPHOME),
  plain("3.1.3", "v5.3.2", "reported", "medium", ESPHOME),
  plain("3.2.0", "v5.4.1", "vendor", "high", `${titleOf("3.2.0")}, as others quote it; ${ESPHOME}: 5.4.2`),
  plain("3.2.1", "v5.4.2", "vendor", "high", `${titleOf("3.2.1")}; arduino-esp32 discussion 11587`),
  plain("3.3.0", "v5.5.0", "vendor", "high", titleOf("3.3.0")),
  plain("3.3.1", "v5.5.1", "reported", "high", `pioarduino commit 85062ff; ${ESPHOME}`),
  plain("3.3.2", "v5.5.1", "reported", "medium", ESPHOME),
  row("3.3.3", "v5.5.1", "v5.5.1.251017", "reported", "medium", `pioarduino's naming; ${ESPHOME}`),
  plain("3.3.4", "v5.5.1", "reported", "medium", ESPHOME),
  plain("3.3.5", "v5.5.2", "reported", "medium", ESPHOME),
  row("3.3.6", "v5.5.2", "v5.5.2.260116", "reported", "high", `pioarduino's naming; ${ESPHOME}`),
  plain("3.3.7", "v5.5.2", "reported", "medium", ESPHOME),
  plain("3.3.8", "v5.5.4", "reported", "high", "title of pioarduino's release 55.03.38"),
  plain("3.3.9", "v5.5.4", "reported", "high", "title of pioarduino's release 55.03.39"),
  plain("3.3.10", "v5.5.4", "vendor", "high", titleOf("3.3.10")),
  plain(
    "3.3.11",
    "v5.5.5",
    "reported",
    "medium",
    "title of pioarduino's release 55.03.311, as others quote it",
  ),
];

/** "1.0.6" or "v1.0.6"; undefined where the list has no such core. */
export const arduinoRow = (core: string): ArduinoRow | undefined =>
  arduinoRows.find((row) => row.core === core.trim().replace(/^v/i, ""));

/** The core whose builds print exactly this. */
export const arduinoRowOfBuild = (idfVer: string): ArduinoRow | undefined =>
  arduinoRows.find((row) => row.idfVer === idfVer);

/** The last core of which it was said that its bootloaders do not undo updates, and where. */
export const LAST_WITHOUT_ROLLBACK = "2.0.3";
export const WITHOUT_ROLLBACK_SOURCE = "arduino-esp32#6936 (2.0.3), #2446 (1.0.1)";

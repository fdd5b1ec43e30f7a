import type { AppImage } from "../../core/image/appImage";
import { u8, u32 } from "../../core/image/bytes";
import { MAGIC } from "../../core/image/header";
import { type EspImage, readImage } from "../../core/image/readImage";
import type { ChipModel } from "./chips";
import { secondStage } from "./secondStage";

/** What a board prints after a reset, and whether somebody listens to it afterwards. */
export interface Boot {
  readonly text: string;
  /** The banner of MicroPython, where it runs. */
  readonly micropython: string | undefined;
}

export const PROMPT = ">>> ";
const HELP = 'Type "help()" for more information.';

const lines = (texts: readonly string[]): string => texts.map((text) => `${text}\r\n`).join("");

/** What the ROM prints when IO0 was held. */
export const downloadModeText = ({ texts }: ChipModel): string =>
  lines([...texts.greeting, `${texts.reset},${texts.downloadMode}`, "waiting for download"]);

/** The ROM, the second stage bootloader and the app, as far as each of them gets with what lies in flash. */
export const bootFromFlash = (
  chip: ChipModel,
  revision: number,
  flash: Uint8Array,
  tableOffset: number,
): Boot => {
  const { texts, target } = chip;
  const greeting = [...texts.greeting, `${texts.reset},${texts.flashMode}`];
  const bootloader = readImage(flash, target.bootloaderOffset);
  if (!bootloader.ok || bootloader.value.chip !== target) {
    const refusal = noBootloader(chip, revision, flash, bootloader.ok ? bootloader.value : undefined);
    return { text: lines([...greeting, ...refusal]), micropython: undefined };
  }
  const stage = secondStage(flash, bootloader.value, tableOffset);
  const micropython = stage.app && micropythonBanner(stage.app);
  const text = lines([
    ...greeting,
    ...texts.configuration,
    ...loading(chip, bootloader.value),
    ...stage.lines,
    ...(stage.app && micropython === undefined ? appLines(stage.app) : []),
  ]);
  return { text: micropython === undefined ? text : text + lines([micropython, HELP]) + PROMPT, micropython };
};

/** The ROM tries again until its watchdog resets it; a few of these lines stand for all of them. */
const TRIES = 4;

const noBootloader = (
  { texts, target }: ChipModel,
  revision: number,
  flash: Uint8Array,
  foreign: EspImage | undefined,
): readonly string[] => {
  const offset = target.bootloaderOffset;
  if (foreign)
    return [
      `Invalid chip id. Expected ${target.imageChipId} read ${foreign.chip.imageChipId}. Bootloader for wrong chip?`,
    ];
  const text = u8(flash, offset) === MAGIC ? "Checksum failed." : texts.noImage(u32(flash, offset), revision);
  return Array.from({ length: TRIES }, () => text);
};

const hex8 = (value: number): string => value.toString(16).padStart(8, "0");

/** The ESP32 writes lengths in decimal, all later chips in hexadecimal. */
const loading = ({ target }: ChipModel, { segments, entry }: EspImage): readonly string[] => [
  ...segments.map(
    ({ loadAddress, size }) =>
      `load:0x${hex8(loadAddress)},len:${target.id === "esp32" ? size : `0x${size.toString(16)}`}`,
  ),
  `entry 0x${hex8(entry)}`,
];

/** What it prints when it starts; undefined for any other app. */
export const micropythonBanner = ({ micropython }: AppImage): string | undefined => {
  if (!micropython) return undefined;
  const { version, date, machine } = micropython;
  return [`MicroPython ${version}${date === undefined ? "" : ` on ${date}`}`, machine]
    .filter((part) => part !== undefined)
    .join("; ");
};

const appLines = ({ descriptor }: AppImage): readonly string[] =>
  descriptor
    ? [
        `I (214) cpu_start: Project name:     ${descriptor.projectName}`,
        `I (219) cpu_start: App version:      ${descriptor.version}`,
        `I (234) cpu_start: ESP-IDF:          ${descriptor.idfVersion}`,
      ]
    : [];

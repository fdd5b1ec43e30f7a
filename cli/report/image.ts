import { formatFlashSize } from "../../core/chip/flashSize";
import type { AppImage } from "../../core/image/appImage";
import type { BootloaderImage, BootloaderVersion } from "../../core/image/bootloader";
import type { AppSlot, CombinedImage } from "../../core/image/combined";
import type { ImageReport } from "../../core/image/inspect";
import type { MicroPythonBuild } from "../../core/image/micropython";
import type { EspImage } from "../../core/image/readImage";
import type { TableRow } from "../../core/image/tableRows";
import type { Trailing } from "../../core/image/trailing";
import { subtypeName, typeName } from "../../core/table/subtypes";
import { hex, sizeText } from "../../core/text/units";
import { type Line, styled } from "./line";

type Row = readonly [label: string, value: string];

/** A heading and what is known under it; rows without a value are left out. */
interface Section {
  readonly heading: string;
  readonly rows: readonly Row[];
}

const kinds: Readonly<Record<ImageReport["kind"], string>> = {
  app: "an app, as an OTA slot holds it",
  bootloader: "a bootloader",
  combined: "a combined image: bootloader, partition table and app in one file",
  "flash-dump": "a dump of a flash",
  "partition-table": "a partition table",
  damaged: "a damaged image",
  unknown: "no image of the ESP32 family",
};

/** Everything that is known of an image, for people. */
export const imageText = (file: string, report: ImageReport): Line[] => [
  [styled("strong", `${file}:`), ` ${kinds[report.kind]}, ${exactSize(report.size)}`],
  ...sectionsOf(report).flatMap(sectionLines),
];

function sectionsOf(report: ImageReport): Section[] {
  switch (report.kind) {
    case "app":
      return [appSection("App", report.app), segments(report.app.image)];
    case "bootloader":
      return [bootloaderSection(report.bootloader, report.trailing), segments(report.bootloader.image)];
    case "combined":
    case "flash-dump":
      return combinedSections(report);
    case "partition-table":
      return [tableSection("Partition table", report.rows)];
    default:
      return [{ heading: "Why", rows: [["", report.failure.message]] }];
  }
}

function combinedSections({
  bootloader,
  rows,
  slots,
  app,
  tableOffset,
  flashOffset,
}: CombinedImage): Section[] {
  return [
    { heading: "File", rows: [["begins at", `${hex(flashOffset)} of the flash`]] },
    bootloaderSection(bootloader),
    tableSection(`Partition table at ${hex(tableOffset)}`, rows),
    ...slots.map(slotSection),
    segments(app.image),
  ];
}

function slotSection({ row, content }: AppSlot): Section {
  const heading = `App slot '${row.label}' at ${hex(row.offset)}, ${sizeText(row.size)}`;
  if (content.kind === "app") return appSection(heading, content.app);
  const message = content.kind === "blank" ? "nothing was written here" : content.failure.message;
  return { heading, rows: [[content.kind, message]] };
}

const tableSection = (heading: string, rows: readonly TableRow[]): Section => ({
  heading,
  rows: rows.map(({ label, type, subtype, offset, size }) => [
    label,
    `${`${typeName(type)}/${subtypeName(type, subtype)}`.padEnd(16)} ${hex(offset).padEnd(10)} ${sizeText(size)}`,
  ]),
});

const appSection = (heading: string, { image, descriptor, micropython, trailing }: AppImage): Section => ({
  heading,
  rows: [
    ["MicroPython", micropython ? microPythonText(micropython) : ""],
    ["board", micropython?.machine ?? ""],
    ["variants", micropython?.variants.join(", ") ?? ""],
    ["project", [descriptor?.projectName, descriptor?.version].filter(Boolean).join(" ")],
    ["built", [descriptor?.date, descriptor?.time].filter(Boolean).join(" ")],
    ["ESP-IDF", descriptor?.idfVersion ?? ""],
    ["ELF SHA-256", descriptor?.elfSha256 ?? ""],
    ...imageRows(image),
    ["behind it", trailingText(trailing)],
  ],
});

const bootloaderSection = (
  { image, version, descriptor }: BootloaderImage,
  trailing?: Trailing,
): Section => ({
  heading: `Bootloader at ${hex(image.chip.bootloaderOffset)}`,
  rows: [
    ["ESP-IDF", versionText(version)],
    ["built", descriptor?.dateTime ?? ""],
    ...imageRows(image),
    ["behind it", trailing ? trailingText(trailing) : ""],
  ],
});

const imageRows = (image: EspImage): Row[] => [
  ["chip", chipText(image)],
  ["flash", flashText(image)],
  ["size", exactSize(image.size)],
  ["entry", hex(image.entry)],
  ["checksum", `${hex(image.checksum)}, correct`],
  ["SHA-256", image.sha256 === undefined ? "none appended" : `${image.sha256}, correct`],
];

const segments = ({ segments: all }: EspImage): Section => ({
  heading: "Segments of the app",
  rows: all.map(({ loadAddress, offset, size }, index) => [
    String(index),
    `loaded at ${hex(loadAddress).padEnd(10)}  ${exactSize(size)}, in the file at ${hex(offset)}`,
  ]),
});

function chipText({ chip, minChipRevision, maxChipRevision }: EspImage): string {
  const to = maxChipRevision === undefined ? "" : ` to v${revision(maxChipRevision)}`;
  return `${chip.name}, revision v${revision(minChipRevision)}${to === "" ? " and later" : to}`;
}

const revision = (value: number): string => `${Math.floor(value / 100)}.${value % 100}`;

function flashText({ flashMode, flashFrequency, flashSize }: EspImage): string {
  const frequency = flashFrequency === undefined ? undefined : `${flashFrequency} MHz`;
  return [flashMode?.toUpperCase(), frequency, formatFlashSize(flashSize)].filter(Boolean).join(", ");
}

const microPythonText = ({ version, date, fork }: MicroPythonBuild): string =>
  `${version} of ${date}${fork === undefined ? "" : `, the ${fork} fork`}`;

function versionText({ idfVersion, atLeast, before, arduino }: BootloaderVersion): string {
  const bounds = [...(atLeast ? [`${atLeast} or later`] : []), ...(before ? [`before ${before}`] : [])];
  const known = idfVersion ?? (bounds.length === 0 ? "unknown" : `${bounds.join(", ")} (from its messages)`);
  return arduino ? `${known}, from the Arduino core` : known;
}

const contents: Readonly<Record<Trailing["content"], string>> = {
  nothing: "nothing",
  padding: "padding",
  "signature-v1": "a Secure Boot V1 signature",
  "signature-v2": "a Secure Boot V2 signature",
  other: "data that is not recognised",
};

const trailingText = ({ content, size, offset }: Trailing): string =>
  content === "nothing" ? "nothing" : `${contents[content]}, ${exactSize(size)} at ${hex(offset)}`;

/** `1.5 MB (1,572,864 bytes)`. */
function exactSize(bytes: number): string {
  const exact = `${bytes.toLocaleString("en")} bytes`;
  return bytes < 1024 ? exact : `${sizeText(bytes)} (${exact})`;
}

function sectionLines({ heading, rows }: Section): Line[] {
  const shown = rows.filter(([, value]) => value !== "");
  const width = Math.max(...shown.map(([label]) => label.length));
  const lines = shown.map(
    ([label, value]): Line =>
      width === 0 ? `  ${value}` : ["  ", styled("faint", label.padEnd(width)), `  ${value}`],
  );
  return ["", [styled("strong", heading)], ...lines];
}

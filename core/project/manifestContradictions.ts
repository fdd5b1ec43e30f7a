import { formatFlashSize } from "../chip/flashSize";
import { type ChipTarget, chipById } from "../chip/targets";
import type { BootloaderImage } from "../image/bootloader";
import type { ImageReport } from "../image/inspect";
import type { Fix } from "../rules/rule";
import { parseIntLiteral } from "../text/python";
import type { Span } from "../text/span";
import { hex } from "../text/units";
import type { ParsedManifest } from "./manifest";
import { versionContradictions } from "./manifestBootloader";
import type { InspectedFile, ReadTable } from "./manifestFiles";
import { changeTo, chooseMicroPython, type ManifestProblem, manifestProblem } from "./manifestProblem";
import { sourceTableContradiction } from "./manifestSourceTable";

/** What the manifest says, and what its files say, where both cannot be true. */
export function contradictions(
  parsed: ParsedManifest,
  images: readonly InspectedFile[],
  tables: readonly ReadTable[],
): readonly ManifestProblem[] {
  const bootloader = bootloaderOf(images);
  return [
    ...chipContradictions(parsed, images),
    ...sourceTableContradiction(
      tables.find(({ field: [group] }) => group === "source"),
      images,
    ),
    ...(bootloader ? flashSizeContradiction(parsed, bootloader) : []),
    ...(bootloader ? tableOffsetContradiction(parsed, bootloader) : []),
    ...versionContradictions(parsed, bootloader),
  ];
}

/** The bootloader of the devices, and the file in which it was found. */
interface FoundBootloader extends InspectedFile {
  readonly bootloader: BootloaderImage;
}

/** Where none is named, a dump of a device has its bootloader too. */
function bootloaderOf(files: readonly InspectedFile[]): FoundBootloader | undefined {
  const named = files.find(({ use }) => use === "bootloader");
  const file = named ?? files.find(({ use, report }) => use === "app" && report.kind === "flash-dump");
  return file && "bootloader" in file.report ? { ...file, bootloader: file.report.bootloader } : undefined;
}

interface Statement {
  readonly chip: ChipTarget;
  readonly at: Span;
  /** What comes behind "but". */
  readonly words: string;
}

/** All binaries are compared with the chip that is stated, or else with the first one that names one. */
function chipContradictions(parsed: ParsedManifest, files: readonly InspectedFile[]): ManifestProblem[] {
  const { manifest, spanOf } = parsed;
  const at = spanOf(["chip"]);
  const chip = chipById(manifest.chip ?? "");
  const built = files.flatMap((file) => {
    const chip = chipOf(file.report);
    return chip ? [{ ...file, chip, words: `'${file.name}' for ${chip.name}` }] : [];
  });
  const stated =
    at && chip
      ? { chip, at, words: `the chip is said to be ${chip.name}` }
      : manifest.chip
        ? undefined
        : built[0];
  return stated
    ? built.filter((file) => file.chip.id !== stated.chip.id).map((file) => otherChip(file, stated, at))
    : [];
}

function otherChip(
  file: InspectedFile & Statement,
  stated: Statement,
  at: Span | undefined,
): ManifestProblem {
  const advice = `Choose a build for ${stated.chip.name}${at ? ", or correct the chip" : ", or state the chip"}.`;
  return manifestProblem("manifest-chip", {
    at: file.at,
    message: `'${file.name}' is built for ${file.chip.name}, but ${stated.words}. ${advice}`,
    related: [
      {
        at: stated.at,
        message: at ? `The chip is said to be ${stated.chip.name} here.` : `Here: ${stated.words}.`,
      },
    ],
    fixes: [
      ...(file.use === "micropython" ? [chooseMicroPython] : []),
      ...(at ? [correctChip(at, file.chip)] : []),
    ],
  });
}

const correctChip = (at: Span, { id }: ChipTarget): Fix => changeTo("the chip", at, id);

function chipOf(report: ImageReport): ChipTarget | undefined {
  if ("app" in report) return report.app.image.chip;
  return "bootloader" in report ? report.bootloader.image.chip : undefined;
}

/** The bootloader believes its own header, and refuses a table that ends behind it. */
function flashSizeContradiction(
  { manifest: { flashSize }, spanOf }: ParsedManifest,
  { name, at: fileAt, bootloader }: FoundBootloader,
): ManifestProblem[] {
  const read = formatFlashSize(bootloader.image.flashSize);
  const at = spanOf(["flashSize"]);
  if (!at || flashSize === undefined || flashSize === read) return [];
  const message = `The flash size is said to be ${flashSize}, but the header of the bootloader in '${name}' says ${read}, and the bootloader believes its header. Correct the flash size. Flashing tools change the header as they write it: of a file that was not read from a device, the device's own may differ.`;
  return [
    manifestProblem("manifest-flash-size", {
      at,
      message,
      related: [{ at: fileAt, message: `The header of this bootloader says ${read}.` }],
      fixes: [changeTo("the flash size", at, read)],
    }),
  ];
}

/** A dump shows where the table of the devices lies. */
function tableOffsetContradiction(
  { manifest: { partitionTableOffset }, spanOf }: ParsedManifest,
  { name, at: fileAt, report }: FoundBootloader,
): ManifestProblem[] {
  const at = spanOf(["partitionTableOffset"]);
  const stated = parseIntLiteral(partitionTableOffset ?? "");
  if (!at || stated === undefined || !("tableOffset" in report) || stated === report.tableOffset) return [];
  const read = hex(report.tableOffset);
  return [
    manifestProblem("manifest-table-offset", {
      at,
      message: `The partition table is said to lie at ${hex(stated)}, but in '${name}' it lies at ${read}, where its bootloader reads it. Correct the offset, or choose the dump of such a device.`,
      related: [{ at: fileAt, message: `In this file the partition table lies at ${read}.` }],
      fixes: [changeTo("the offset", at, read)],
    }),
  ];
}

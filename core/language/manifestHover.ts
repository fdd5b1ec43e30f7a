import { analyse } from "../analyse";
import { formatFlashSize } from "../chip/flashSize";
import { bootloaderVersion } from "../compat/bootloaderVersion";
import { noFacts } from "../facts";
import type { AppImage } from "../image/appImage";
import type { BootloaderImage } from "../image/bootloader";
import type { ImageReport } from "../image/inspect";
import type { EspImage } from "../image/readImage";
import { revisionText } from "../job/board";
import { chosenBinary } from "../project/chosenBinary";
import { endOf } from "../table/entry";
import { hex, sizeText } from "../text/units";
import type { Fact, Hover } from "./hover";
import type { PathAtCursor } from "./manifestPaths";

/** What was read from the image that a path names, as what it is named for. */
export function imageHover(at: PathAtCursor, report: ImageReport): Hover {
  const file: Fact = ["File", sizeText(report.size)];
  return at.field.use === "bootloader" && "bootloader" in report
    ? bootloaderHover(at, report.bootloader, [file, ...tablePlace(report)])
    : appHover(at, report, file);
}

function appHover({ value, span }: PathAtCursor, report: ImageReport, file: Fact): Hover {
  const { kind, title, fault, appSize } = chosenBinary(value, report);
  const app = "app" in report ? report.app : undefined;
  return {
    span,
    title: title || value,
    text: kind === "unusable" ? fault : kinds[kind],
    facts: app
      ? [file, ["App", exactSize(appSize)], ...headerFacts(app.image), ...descriptorFacts(app)]
      : [file],
  };
}

const kinds = {
  app: "An app image, as it goes over the air.",
  combined: "Bootloader, partition table and app in one file. Only its app may go over the air.",
} as const;

function descriptorFacts({ descriptor }: AppImage): Fact[] {
  const { idfVersion = "", projectName = "", version = "" } = descriptor ?? {};
  const project = [projectName, version].filter((word) => word !== "").join(" ");
  return [...named("ESP-IDF", idfVersion), ...named("Project", project)];
}

/** Where the version does not stand in it, what it contains may bound it. */
function bootloaderHover({ span }: PathAtCursor, bootloader: BootloaderImage, facts: readonly Fact[]): Hover {
  const { idf, arduino, gaps } = bootloaderVersion({ image: bootloader });
  return {
    span,
    title: idf ? `Bootloader of ESP-IDF ${idf.text}` : "Bootloader",
    text: ["It stays on the devices, so it decides which apps can start.", ...gaps].join(" "),
    facts: [...facts, ...headerFacts(bootloader.image), ...named("Arduino core", arduino?.core ?? "")],
  };
}

const tablePlace = (report: ImageReport): Fact[] =>
  "tableOffset" in report ? [["Partition table", `at ${hex(report.tableOffset)}`]] : [];

/** What every header says. */
function headerFacts({ chip, flashSize, minChipRevision, maxChipRevision }: EspImage): Fact[] {
  const from = minChipRevision > 0 ? `from ${revisionText(minChipRevision)}` : "";
  const to = maxChipRevision === undefined ? "" : `up to ${revisionText(maxChipRevision)}`;
  return [
    ["Chip", chip.name],
    ...named("Chip revisions", [from, to].filter((word) => word !== "").join(" ")),
    ["Flash", formatFlashSize(flashSize)],
  ];
}

/** What was read from the partition table that a path names. */
export function tableHover({ value, span }: PathAtCursor, text: string): Hover {
  const { table, problems } = analyse(text, noFacts);
  const names = table.entries.map(({ name }) => name).join(", ");
  const end = Math.max(0, ...table.entries.map(endOf));
  const errors = problems.filter(({ severity }) => severity === "error").length;
  return {
    span,
    title: value,
    text:
      errors === 0
        ? "A partition table."
        : `A partition table with ${errors} ${errors === 1 ? "error" : "errors"}: open it to see them.`,
    facts: [
      ["Partitions", `${table.entries.length}: ${names}`],
      ["End", `${hex(end)}, ${sizeText(end)}`],
    ],
  };
}

const named = (label: string, value: string): Fact[] => (value === "" ? [] : [[label, value]]);

const exactSize = (bytes: number): string => `${sizeText(bytes)} (${bytes.toLocaleString("en")} bytes)`;

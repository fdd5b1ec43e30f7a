import { formatFlashSize } from "../chip/flashSize";
import type { ImageReport } from "../image/inspect";
import { chosenBinary } from "../project/chosenBinary";
import { sizeText } from "../text/units";
import type { Fact, Hover } from "./hover";
import type { PathAtCursor } from "./manifestPaths";

/** What was read from the image that a path names. */
export function imageHover({ value, span }: PathAtCursor, report: ImageReport): Hover {
  const { kind, title, fault, appSize, chip, flashSize } = chosenBinary(value, report);
  const facts: Fact[] = [["File", sizeText(report.size)]];
  if (kind !== "unusable")
    facts.push(["App", `${sizeText(appSize)} (${appSize.toLocaleString("en")} bytes)`]);
  if (chip) facts.push(["Chip", chip.name]);
  if (flashSize !== undefined) facts.push(["Flash", formatFlashSize(flashSize)]);
  return { span, title: title || value, text: kind === "unusable" ? fault : kinds[kind], facts };
}

const kinds = {
  app: "An app image, as it goes over the air.",
  combined: "Bootloader, partition table and app in one file. Only its app may go over the air.",
} as const;

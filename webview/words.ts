import type { Handle } from "../core/edit/drag";
import type { LayoutIntent, LayoutRow } from "../core/edit/intent";
import type { Change } from "../core/migrate/diff";
import type { Fill, SceneRegion } from "../core/picture/scene";
import { type Column, columns } from "../core/table/csv";
import { hex, percentText, sizeText } from "../core/text/units";
import type { SnapshotProblem } from "../protocol/webview";

/** A partition and where it lies, in bytes. */
export interface Placed {
  readonly name: string;
  readonly offset: number;
  readonly size: number;
}

const endOf = ({ offset, size }: Placed): number => offset + size;
const called = ({ name }: Pick<Placed, "name">): string => (name === "" ? "(no name)" : name);
const sized = (placed: Placed): string => `${called(placed)} ${sizeText(placed.size)}`;
const span = (placed: Placed): string => `from ${hex(placed.offset)} to ${hex(endOf(placed))}`;

/** Everything that the picture shows of a region, in sentences: for those who hear it. */
export function regionLabel(
  region: SceneRegion,
  change: Change | undefined,
  problems: readonly SnapshotProblem[],
): string {
  const { name, kindText, fill, overlaps, beyond, isRunning } = region;
  const kind = kindText === "" ? "" : `, ${kindText.replace(", ", " ")}`;
  return [
    `${name}${kind}, ${sizeText(region.size)} ${span(region)}.`,
    fill ? `MicroPython ${fillWords(region)}.` : "",
    isRunning ? "The app that migrates the device runs from here." : "",
    overlaps.length > 0 ? `Overlaps another region ${overlaps.map(rangeText).join(" and ")}.` : "",
    beyond ? `${sizeText(beyond.end - beyond.offset)} of it lie beyond the end of flash.` : "",
    change?.words ?? "",
    problemWords(problems),
  ]
    .filter((sentence) => sentence !== "")
    .join(" ");
}

const rangeText = ({ offset, end }: { readonly offset: number; readonly end: number }): string =>
  `from ${hex(offset)} to ${hex(end)}`;

function problemWords(problems: readonly SnapshotProblem[]): string {
  const [worst, ...others] = problems;
  if (!worst) return "";
  return others.length === 0
    ? `1 problem: ${worst.message}`
    : `${problems.length} problems, the worst: ${worst.message}`;
}

/** What MicroPython does with a slot, as a predicate: `fills 91.2 %, 104 KB free`. */
export const fillWords = ({ fill, size }: Pick<SceneRegion, "fill" | "size">): string =>
  fill ? fillText(fill, size) : "";

function fillText({ used, left, isTarget }: Fill, size: number): string {
  if (left < 0) return `${isTarget ? "does" : "would"} not fit, ${sizeText(-left)} too large`;
  return `${isTarget ? "fills" : "would fill"} ${percentText(used / size)}, ${sizeText(left)} free`;
}

/** The name of a handle. */
export function handleLabel(region: Pick<Placed, "name">, handle: Handle): string {
  const name = called(region);
  return { start: `Beginning of ${name}`, body: `Place of ${name}`, end: `End of ${name}` }[handle];
}

/**
 * Where a handle is and what that means for both sides: `0x150000, app0 1.25 MB, app1 1.5 MB`. `neighbours` are searched
 * for the partition that shares the edge.
 */
export function handleValue(region: Placed, handle: Handle, neighbours: readonly SceneRegion[] = []): string {
  const address = handle === "end" ? endOf(region) : region.offset;
  const sharing = neighbours.find(
    (other) =>
      other.kind === "partition" &&
      handle !== "body" &&
      (handle === "end" ? other.offset : endOf(other)) === address,
  );
  const sides = handle === "start" ? [sharing, region] : [region, sharing];
  return [hex(address), ...sides.filter((side) => side !== undefined).map(sized)].join(", ");
}

/** A drag while it goes on: `app0 ends at 0x150000: app0 1.25 MB, app1 1.5 MB`. */
export function dragWords(handle: Handle, moved: Placed, others: readonly Placed[] = []): string {
  if (handle === "body") return `${called(moved)} lies ${span(moved)}`;
  const sides = [moved, ...others].toSorted((a, b) => a.offset - b.offset);
  const [verb, address] = handle === "start" ? ["begins", moved.offset] : ["ends", endOf(moved)];
  return `${called(moved)} ${verb} at ${hex(address)}: ${sides.map(sized).join(", ")}`;
}

/** What a change that needed no drag has done, of rows as they were before. */
export function intentWords(intent: LayoutIntent, rows: readonly LayoutRow[]): string {
  const nameOf = (number: number) => called({ name: rows.find(({ row }) => row === number)?.name ?? "" });
  switch (intent.kind) {
    case "place":
      return intent.places
        .map((place) => `${nameOf(place.row)} lies ${span({ ...place, name: "" })}, ${sizeText(place.size)}`)
        .join("; ");
    case "add":
      return `${called(intent)} added ${span(intent)}, ${sizeText(intent.size)}`;
    case "delete":
      return `${nameOf(intent.row)} deleted`;
    case "reorder":
      return intent.before === null
        ? `${nameOf(intent.row)} moved to the end of the table`
        : `${nameOf(intent.row)} moved before ${nameOf(intent.before)}`;
    case "write":
      return columns
        .flatMap((column) => cellWords(column, intent.cells[column], nameOf(intent.row)))
        .join("; ");
  }
}

/** What has been typed into a field, of a partition that is called as before. */
function cellWords(column: Column, text: string | undefined, name: string): string[] {
  if (text === undefined) return [];
  if (column === "name") return [text === "" ? `${name} has no name now` : `${name} is now called ${text}`];
  return [`${column} of ${name} ${column === "flags" ? "are" : "is"} now ${text === "" ? "blank" : text}`];
}

export const touchingWords = (name: string): string => `No further: ${called({ name })} is there`;
export const cancelled = (name: string): string => `Cancelled: ${called({ name })} stays as it was`;
export const interrupted = "The table was changed elsewhere, so what was being dragged went back.";
export const overtaken =
  "The table was changed elsewhere, so the last changes made here were not applied. Make them again.";
export const variableText = (name: string): string =>
  `'${called({ name })}' cannot be dragged: a variable stands for some of its fields. Change it in the text.`;
export const stuckText = (name: string): string =>
  `This edge of '${called({ name })}' cannot be dragged: there is no room, or its other edge is out of alignment. Type the offset or the size instead.`;

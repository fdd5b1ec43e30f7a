import type { Analysis } from "../analyse";
import { cellOf } from "../table/csv";
import { APP, DATA, isOtaSlot, OTA_0, offsetAlignment } from "../table/subtypes";
import { alignUp, hex, sizeText } from "../text/units";
import { endAbove } from "./room";
import { roomFrom, slotSizeFor, spelling } from "./suggestedSizes";

export interface SuggestedRow {
  readonly label: string;
  readonly detail: string;
  readonly documentation: string;
  readonly newText: string;
}

/** A row that many tables have; `size` is absent where it takes all the room that is left. */
interface Template {
  readonly name: string;
  readonly type: number;
  readonly words: string;
  readonly size?: number;
  readonly doc: string;
}

/** Whole rows for an empty line: the usual partitions that the table does not have yet. */
export function suggestedRows(analysis: Analysis, offset: number): SuggestedRow[] {
  const others = analysis.csv.rows.filter(({ span }) => offset < span.start || span.end < offset);
  const taken = new Set(others.map((row) => cellOf(row, "name").text));
  const above = endAbove(analysis, offset);
  const namesOffsets = others.some((row) => cellOf(row, "offset").text !== "");
  return templates(analysis)
    .filter(({ name }) => !taken.has(name))
    .flatMap((template) => {
      const start = above === undefined ? undefined : alignUp(above, offsetAlignment(template.type));
      const size = template.size ?? roomFrom(analysis, offset, start);
      if (size === undefined) return [];
      const place = namesOffsets && start !== undefined ? hex(start) : "";
      return [rowOf(template, place, spelling(analysis)(size), size)];
    });
}

const rowOf = (
  { name, words, doc }: Template,
  offset: string,
  size: string,
  bytes: number,
): SuggestedRow => ({
  label: name,
  detail: `${words}, ${sizeText(bytes)}`,
  documentation: doc,
  newText: `${name}, ${words}, ${offset}, ${size},`,
});

function templates(analysis: Analysis): Template[] {
  const size = slotSize(analysis);
  const slot = nextSlot(analysis);
  return [
    { name: "nvs", type: DATA, words: "data, nvs", size: 0x6000, doc: "Settings and Wi-Fi credentials." },
    { name: "otadata", type: DATA, words: "data, ota", size: 0x2000, doc: "Which update slot starts next." },
    { name: "phy_init", type: DATA, words: "data, phy", size: 0x1000, doc: "Radio calibration." },
    {
      name: "factory",
      type: APP,
      words: "app, factory",
      size,
      doc: "Starts while otadata selects no update slot.",
    },
    { name: `ota_${slot}`, type: APP, words: `app, ota_${slot}`, size, doc: `Update slot ${slot}.` },
    { name: "vfs", type: DATA, words: "data, fat", doc: "MicroPython's filesystem, found by this name." },
  ];
}

/** As large as the slots there are, or as the binary needs, or Espressif's own megabyte. */
function slotSize({ table, facts }: Analysis): number {
  const slot = table.entries.find(({ type, size }) => type === APP && size > 0);
  if (slot) return slot.size;
  return facts.micropython && facts.micropython.kind !== "unusable"
    ? slotSizeFor(facts.micropython)
    : 0x100000;
}

/** Slots are numbered from 0 without gaps. */
const nextSlot = ({ table }: Analysis): number =>
  table.rows
    .filter(({ type, subtype }) => isOtaSlot(type, subtype))
    .reduce((next, { subtype }) => Math.max(next, (subtype ?? OTA_0) - OTA_0 + 1), 0);

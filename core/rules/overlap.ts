import { setNumber } from "../table/edit";
import { endOf, type PlacedEntry } from "../table/entry";
import { firstFreeOffset } from "../table/options";
import { offsetAlignment } from "../table/subtypes";
import { alignUp, hex, sizeText } from "../text/units";
import { defineRule, type Finding, quoted, type Subject } from "./rule";
import { fieldSpan } from "./support/entries";
import { overlappingPairs } from "./support/overlaps";
import { fixesThatMend } from "./support/room";

export default defineRule({
  id: "overlap",
  severity: "error",
  stage: "place",
  needs: [],
  summary: "Partitions must not overlap.",
  why: "What is written into one partition would destroy the other.",
  source: "`PartitionTable.from_csv` and `verify` in gen_esp32part.py",
  *check(subject) {
    for (const [one, other] of overlappingPairs(subject.table.entries, firstFreeOffset(subject.facts))) {
      const [first, second] = one.row.number < other.row.number ? [one, other] : [other, one];
      yield overlapOf(subject, first, second);
    }
  },
});

function overlapOf(subject: Subject, first: PlacedEntry, second: PlacedEntry): Finding {
  const shared = Math.min(endOf(first), endOf(second)) - Math.max(first.offset, second.offset);
  const by = shared > 0 ? ` by ${hex(shared)} (${sizeText(shared)})` : "";
  const range = `${quoted(first)} (${hex(first.offset)} to ${hex(endOf(first))})`;
  return {
    at: fieldSpan(second, "offset"),
    // Rows that the tool places itself are checked only when the whole table is verified.
    stage: second.automatic ? "verify" : "place",
    message: `${quoted(second)} at ${hex(second.offset)} overlaps ${range}${by}. Move it or shrink one of them.`,
    related: [{ at: fieldSpan(first, "size"), message: `${quoted(first)} ends at ${hex(endOf(first))}.` }],
    fixes: fixesThatMend(subject, "overlap", [
      ...moveBehind(first, second),
      ...shrinkTo(first, second.offset),
    ]),
  };
}

function moveBehind(first: PlacedEntry, second: PlacedEntry) {
  const free = alignUp(endOf(first), offsetAlignment(second.type));
  // A partition that reaches to the end of flash can give up space at its beginning without moving its end.
  const rest = endOf(second) - free;
  const move = setNumber(second.row, "offset", free);
  return [
    { title: `Move ${quoted(second)} to ${hex(free)}`, edits: [move] },
    ...(rest > 0
      ? [
          {
            title: `Begin ${quoted(second)} at ${hex(free)} and keep its end`,
            edits: [move, setNumber(second.row, "size", rest)],
          },
        ]
      : []),
  ];
}

function shrinkTo(first: PlacedEntry, end: number) {
  const size = end - first.offset;
  if (size <= 0) return [];
  return [
    { title: `Shrink ${quoted(first)} to end at ${hex(end)}`, edits: [setNumber(first.row, "size", size)] },
  ];
}

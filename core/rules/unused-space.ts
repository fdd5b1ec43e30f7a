import { isFilesystem } from "../ota/micropythonFilesystem";
import { LARGEST_APP } from "../ota/slots";
import { setNumber } from "../table/edit";
import { endOf, type PlacedEntry } from "../table/entry";
import { APP, DATA, FACTORY, NVS, UNDEFINED } from "../table/subtypes";
import { hex, sizeText } from "../text/units";
import { defineRule, quoted, type Subject } from "./rule";
import { fieldSpan } from "./support/entries";
import { type FindingPlace, type FreeSpace, fixesOfSize, freeSpaces, wholeTable } from "./support/space";

/** Apps begin at multiples of 64 KB, so less than that before one is nobody's fault. */
const APP_PAGE = 0x10000;

export default defineRule({
  id: "unused-space",
  severity: "information",
  stage: "device",
  needs: [],
  summary: "There is flash between the partitions that nothing uses.",
  why: "The space between two partitions is lost until the table changes. Not reported: less than 64 KB before an app, which must begin at a multiple of 64 KB, and what lies behind the last partition unless that is a filesystem.",
  source: "Advice of Crossflash; Espressif's tool leaves holes without a word",
  *check(subject) {
    for (const space of freeSpaces(subject)) {
      if (!isWorthTelling(subject, space)) continue;
      const before = subject.table.entries.find((entry) => isDirectlyBefore(entry, space));
      const size = space.end - space.offset;
      yield {
        ...(before ? { at: fieldSpan(before, "size") } : placeBehind(subject, space)),
        message: `Nothing uses the ${sizeText(size)} from ${hex(space.offset)} to ${hex(space.end)}${before ? ` behind ${quoted(before)}` : ""}.`,
        fixes: before ? growInto(subject, before, space) : [],
      };
    }
  },
});

/** Before the first partition there is only the one behind to show it at. */
function placeBehind(subject: Subject, space: FreeSpace): FindingPlace {
  const next = subject.table.entries.find(({ offset }) => offset === space.end);
  return next ? { at: fieldSpan(next, "offset") } : wholeTable(subject);
}

/** The last sector of the partition before may be incomplete. */
const isDirectlyBefore = (entry: PlacedEntry, space: FreeSpace): boolean =>
  space.offset - 0x1000 < endOf(entry) && endOf(entry) <= space.offset;

function isWorthTelling({ table, facts }: Subject, space: FreeSpace): boolean {
  const next = table.entries.find(({ offset }) => offset === space.end);
  if (next) return next.type !== APP || space.end - space.offset >= APP_PAGE;
  const isLast = table.entries.every((entry) => endOf(entry) <= space.offset);
  if (!isLast) return true;
  // Behind the last partition MicroPython's own rules know better what to say.
  if (facts.flashSize === undefined || facts.micropython) return false;
  return table.entries.some((entry) => isDirectlyBefore(entry, space) && isFilesystem(entry));
}

function growInto(subject: Subject, entry: PlacedEntry, { end }: FreeSpace) {
  const size = end - entry.offset;
  if (!mayGrow(entry) || (entry.type === APP && size > LARGEST_APP)) return [];
  return fixesOfSize(subject, [
    { title: `Grow ${quoted(entry)} to ${hex(size)}`, edits: [setNumber(entry.row, "size", size)] },
  ]);
}

/** otadata, keys and the like have the size that they need; update slots should stay equal. */
const mayGrow = (entry: PlacedEntry): boolean =>
  isFilesystem(entry) ||
  (entry.type === APP && entry.subtype === FACTORY) ||
  (entry.type === DATA && (entry.subtype === NVS || entry.subtype === UNDEFINED));

import { setNumber } from "../table/edit";
import { endOf } from "../table/entry";
import { alignDown, hex, sizeText } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { filesystemOf } from "./support/micropython";
import { fixesOfSize } from "./support/space";

const SECTOR = 0x1000;

export default defineRule({
  id: "vfs-end",
  severity: "information",
  stage: "device",
  needs: ["micropython", "flashSize"],
  summary: "MicroPython's filesystem should reach the end of flash.",
  why: "It cannot grow once it is in use, so what lies behind it is lost until it is formatted anew.",
  source: "The tables that MicroPython publishes; the published repartitioner left 192 KB unused",
  *check(subject) {
    const state = filesystemOf(subject)?.state;
    const entry = state?.kind === "found" ? state.entry : undefined;
    const { flashSize = 0 } = subject.facts;
    if (!entry || subject.table.entries.some((other) => endOf(entry) <= other.offset)) return;
    const left = flashSize - endOf(entry);
    if (left < SECTOR) return;
    const size = alignDown(flashSize - entry.offset, SECTOR);
    yield {
      at: fieldSpan(entry, "size"),
      message: `${quoted(entry)} ends at ${hex(endOf(entry))}; ${sizeText(left)} up to the end of flash at ${hex(flashSize)} are unused.`,
      fixes: fixesOfSize(subject, [
        {
          title: `Grow ${quoted(entry)} to the end of flash (${hex(size)})`,
          edits: [setNumber(entry.row, "size", size)],
        },
      ]),
    };
  },
});

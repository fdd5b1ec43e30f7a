import { SMALLEST_FILESYSTEM } from "../ota/micropythonFilesystem";
import { setNumber } from "../table/edit";
import type { PlacedEntry } from "../table/entry";
import { hex } from "../text/units";
import { defineRule, type Fix, quoted, type Subject } from "./rule";
import { fieldSpan } from "./support/entries";
import { filesystemOf } from "./support/micropython";
import { fixesOfSize, limitBehind } from "./support/space";

export default defineRule({
  id: "vfs-size",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "MicroPython's filesystem needs at least two sectors.",
  why: "LittleFS keeps its root directory in a pair of sectors of 4 KB. MicroPython cannot format less, and has no filesystem then.",
  source: "`lfs2_format` of LittleFS; `modules/inisetup.py` of MicroPython's ESP32 port",
  *check(subject) {
    const state = filesystemOf(subject)?.state;
    const entry = state?.kind === "found" ? state.entry : undefined;
    if (!entry || entry.size < 0 || SMALLEST_FILESYSTEM <= entry.size) return;
    yield {
      at: fieldSpan(entry, "size"),
      message: `${quoted(entry)} has ${hex(entry.size)} bytes; MicroPython needs at least 0x2000 (8 KB) to make a filesystem.`,
      fixes: fillUp(subject, entry),
    };
  },
});

function fillUp(subject: Subject, entry: PlacedEntry): Fix[] {
  const size = (limitBehind(subject, entry) ?? 0) - entry.offset;
  if (size < SMALLEST_FILESYSTEM) return [];
  const edits = [setNumber(entry.row, "size", size)];
  return fixesOfSize(subject, [{ title: `Grow ${quoted(entry)} to ${hex(size)}`, edits }]);
}

import { binaryName } from "../ota/micropythonRelease";
import { setCell } from "../table/edit";
import type { PlacedEntry } from "../table/entry";
import { defineRule, type Fix, quoted, type Subject } from "./rule";
import { fieldSpan } from "./support/entries";
import { filesystemOf } from "./support/micropython";

export default defineRule({
  id: "vfs-label",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "MicroPython's filesystem must be called `vfs`.",
  why: "MicroPython finds it by name; the subtype does not matter. Under another name there is a prompt, but no filesystem. `ffat` works from v1.21 on.",
  source: "`modules/flashbdev.py` and `modules/inisetup.py` of MicroPython's ESP32 port; seen on a device",
  *check(subject) {
    const filesystem = filesystemOf(subject);
    if (filesystem?.state.kind !== "mislabelled") return;
    const { entry } = filesystem.state;
    yield {
      at: fieldSpan(entry, "name"),
      message: `${binaryName(filesystem.binary)} looks for its filesystem under the name 'vfs' and will not use ${quoted(entry)}. Rename it.`,
      fixes: rename(subject, entry),
    };
  },
});

const rename = ({ table }: Subject, { row }: PlacedEntry): Fix[] =>
  table.rows.some(({ name }) => name === "vfs")
    ? []
    : [{ title: "Rename to 'vfs'", edits: [setCell(row, "name", "vfs")] }];

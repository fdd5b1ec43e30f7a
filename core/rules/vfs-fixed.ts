import { FIXED_FILESYSTEM } from "../ota/micropythonFilesystem";
import { binaryName } from "../ota/micropythonRelease";
import { endOf } from "../table/entry";
import { hex } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { chooseAnother, filesystemOf } from "./support/micropython";

const { offset: FROM, end: TO } = FIXED_FILESYSTEM;

export default defineRule({
  id: "vfs-fixed",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "MicroPython up to v1.11 keeps its files at 0x200000 to 0x400000, whatever the table says.",
  why: "What another partition has there is overwritten; an app that reaches into it destroys itself. Releases from v1.12 on use the partition called `vfs`.",
  source: "`modules/flashbdev.py` of MicroPython v1.11 and older (`esp.flash_user_start()`)",
  *check(subject) {
    const filesystem = filesystemOf(subject);
    if (filesystem?.state.kind !== "fixed") return;
    for (const entry of subject.table.entries) {
      // Older tables have a row there all the same, so that nothing else is put there.
      if (entry.name === "vfs" || entry.offset >= TO || endOf(entry) <= FROM) continue;
      yield {
        at: fieldSpan(entry, "size"),
        message: `${binaryName(filesystem.binary)} keeps its files at ${hex(FROM)} to ${hex(TO)} and would overwrite ${quoted(entry)}. Keep that range free, or choose v1.12 or newer.`,
        fixes: [chooseAnother],
      };
    }
  },
});

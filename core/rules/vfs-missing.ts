import { binaryName } from "../ota/micropythonRelease";
import { defineRule } from "./rule";
import { filesystemOf } from "./support/micropython";
import { wholeTable } from "./support/space";
import { addVfs } from "./support/vfs";

export default defineRule({
  id: "vfs-missing",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "MicroPython needs a filesystem: a data partition called `vfs`.",
  why: "MicroPython finds its filesystem by that name. Without it there is a prompt, but no place for boot.py and main.py. From v1.26 on it makes one itself of the space behind the last partition, where there is any.",
  source: "`modules/flashbdev.py` and `modules/_boot.py` of MicroPython's ESP32 port",
  *check(subject) {
    const filesystem = filesystemOf(subject);
    if (filesystem?.state.kind !== "missing") return;
    const fixes = addVfs(subject);
    const advice = fixes.length > 0 ? "Add one" : "Make room for one of 64 KB or more";
    yield {
      ...wholeTable(subject),
      message: `${binaryName(filesystem.binary)} needs a data partition called 'vfs' for its files. ${advice}.`,
      fixes,
    };
  },
});

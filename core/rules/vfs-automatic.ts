import { binaryName } from "../ota/micropythonRelease";
import { hex } from "../text/units";
import { defineRule } from "./rule";
import { filesystemOf } from "./support/micropython";
import { wholeTable } from "./support/space";
import { addVfs } from "./support/vfs";

export default defineRule({
  id: "vfs-automatic",
  severity: "information",
  stage: "device",
  needs: ["micropython"],
  summary: "Without a `vfs` row MicroPython v1.26 and newer choose the place of the filesystem themselves.",
  why: "They take everything from the end of the last partition to the end of the chip. That place depends on the chip, an older release does not find it, and the repartitioner does not know that it has to erase it: what lies there from before makes MicroPython report a corrupted filesystem for ever.",
  source: "`boardctrl_startup` in MicroPython's main.c (v1.26.0 and newer); `modules/inisetup.py`",
  *check(subject) {
    const filesystem = filesystemOf(subject);
    if (filesystem?.state.kind !== "automatic") return;
    yield {
      ...wholeTable(subject),
      message: `There is no partition called 'vfs': ${binaryName(filesystem.binary)} will use everything from ${hex(filesystem.state.offset)} to the end of the chip. Add a row for it, so that it is erased before and found by every release.`,
      fixes: addVfs(subject),
    };
  },
});

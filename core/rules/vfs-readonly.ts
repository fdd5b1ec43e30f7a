import { setCell } from "../table/edit";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { filesystemOf } from "./support/micropython";

export default defineRule({
  id: "vfs-readonly",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "MicroPython's filesystem must not be read-only.",
  why: "MicroPython formats it on its first start. ESP-IDF v5.2 and newer refuse every write to a partition with the flag `readonly`, so there is no filesystem.",
  source:
    "`esp_partition_write` of ESP-IDF (ESP_ERR_NOT_ALLOWED); `modules/inisetup.py` of MicroPython's ESP32 port",
  *check(subject) {
    const state = filesystemOf(subject)?.state;
    const entry = state?.kind === "found" ? state.entry : undefined;
    if (!entry?.readonly) return;
    yield {
      at: fieldSpan(entry, "flags"),
      message: `${quoted(entry)} is flagged readonly, so MicroPython cannot format it. Remove the flag.`,
      fixes: [
        {
          title: "Remove the flag readonly",
          edits: [setCell(entry.row, "flags", entry.encrypted ? "encrypted" : "")],
        },
      ],
    };
  },
});

import { binaryName } from "../ota/micropythonRelease";
import { endOf } from "../table/entry";
import { hex, sizeText } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { usableBinary } from "./support/micropython";

export default defineRule({
  id: "micropython-flash-size",
  severity: "warning",
  stage: "device",
  needs: ["micropython"],
  summary:
    "The table ends beyond the flash that MicroPython was built for, and the device's flash size is not known.",
  why: "The bootloader refuses a table that ends beyond the flash size in **its own** header, and an update over the air cannot change that header. As long as nobody says how large it is, the size in MicroPython's header is the best guess. State the device's `flashSize` in `crossflash.json`; then it is checked exactly.",
  source:
    "`esp_partition_table_verify` in ESP-IDF's flash_partitions.c; `esp_flash_init_default_chip`, which takes the size that the bootloader left",
  *check(subject) {
    const { table, facts } = subject;
    const built = usableBinary(subject)?.flashSize;
    if (facts.flashSize !== undefined || built === undefined || !facts.micropython) return;
    const last = table.entries.toSorted((a, b) => endOf(b) - endOf(a))[0];
    if (!last || endOf(last) <= built) return;
    yield {
      at: fieldSpan(last, "size"),
      message: `${quoted(last)} ends at ${hex(endOf(last))}, but ${binaryName(facts.micropython)} was built for ${sizeText(built)} of flash. If the device's bootloader knows no more than that, it refuses the table and the device does not start. State the flash size of the device.`,
    };
  },
});

import { binaryName } from "../ota/micropythonRelease";
import { slotAndBinary } from "../ota/micropythonSlot";
import { alignUp, hex, sizeText } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { chooseAnother, growSlot, PAGE } from "./support/micropython";
import { fixesOfSize } from "./support/space";

export default defineRule({
  id: "micropython-fit",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "MicroPython must fit the slot that will hold it.",
  why: "An update larger than its slot ends with an error half-way; an image longer than its partition is not started: `Image length 1505088 doesn't fit in partition length 1310720`.",
  source: "`esp_ota_write` of ESP-IDF; `image_load` in esp_image_format.c; seen on a device",
  *check(subject) {
    const chosen = slotAndBinary(subject);
    if (!chosen || chosen.binary.appSize <= chosen.slot.size || chosen.slot.size <= 0) return;
    const { slot, binary } = chosen;
    const excess = binary.appSize - slot.size;
    const needed = alignUp(binary.appSize, PAGE);
    const edits = growSlot(subject, slot, needed);
    const grow = { title: `Grow ${quoted(slot)} to ${hex(needed)} (${sizeText(needed)})`, edits };
    yield {
      at: fieldSpan(slot, "size"),
      message: `${binaryName(binary)} has ${bytes(binary.appSize)} and does not fit ${quoted(slot)} of ${hex(slot.size)} (${bytes(slot.size)}): ${bytes(excess)} too many. It needs a slot of ${hex(needed)} (${sizeText(needed)}), or choose a smaller build.`,
      fixes: [...(edits.length > 0 ? fixesOfSize(subject, [grow]) : []), chooseAnother],
    };
  },
});

const bytes = (count: number): string => `${String(count).replace(/\B(?=(\d{3})+$)/g, ",")} bytes`;

import { binaryName } from "../ota/micropythonRelease";
import { slotAndBinary } from "../ota/micropythonSlot";
import { alignUp, hex, percentText, sizeText } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { growSlot, PAGE } from "./support/micropython";
import { fixesOfSize } from "./support/space";

/** From v1.20 to v1.24 a release of MicroPython grew by 30 KB on average, and by more where ESP-IDF changed with it. */
const MARGIN = 0x10000;

export default defineRule({
  id: "micropython-margin",
  severity: "information",
  stage: "device",
  needs: ["micropython"],
  summary: "The slot should leave MicroPython 64 KB to grow.",
  why: "Every release of MicroPython is larger than the one before. A slot that this one almost fills takes no later one, and slots cannot grow once the filesystem behind them is in use.",
  source:
    "Sizes of MicroPython's ESP32 builds: v1.20 1,505,088 bytes, v1.24 1,629,968 bytes; the port of v1.14 in the published procedure 1,464,336 bytes",
  *check(subject) {
    const chosen = slotAndBinary(subject);
    if (!chosen) return;
    const { slot, binary } = chosen;
    const margin = slot.size - binary.appSize;
    if (margin < 0 || MARGIN <= margin) return;
    const wanted = alignUp(binary.appSize + MARGIN, PAGE);
    const edits = growSlot(subject, slot, wanted);
    const grow = { title: `Grow ${quoted(slot)} to ${hex(wanted)} (${sizeText(wanted)})`, edits };
    yield {
      at: fieldSpan(slot, "size"),
      message: `${binaryName(binary)} fills ${percentText(binary.appSize / slot.size)} of ${quoted(slot)} and leaves ${sizeText(margin)}. A later release may not fit; ${hex(wanted)} (${sizeText(wanted)}) would leave room.`,
      fixes: edits.length > 0 ? fixesOfSize(subject, [grow]) : [],
    };
  },
});

import { sizeText } from "../text/units";
import { defineRule } from "./rule";
import { atBinary, chooseAnother } from "./support/micropython";

export default defineRule({
  id: "micropython-combined",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "Only MicroPython's app may be installed over the air, not the combined file.",
  why: "The `.bin` files that MicroPython publishes hold bootloader, partition table and app, to be written by a cable. They begin like an app, so an update accepts them; the device then finds a bootloader in its slot and does not start it.",
  source: "MicroPython's `makeimg.py`; micropython-esp32-ota issue 9",
  *check(subject) {
    const { micropython } = subject.facts;
    if (micropython?.kind !== "combined") return;
    yield {
      ...atBinary(subject),
      message: `${micropython.name} is bootloader, partition table and app in one file, for writing by a cable. Only the app in it (${sizeText(micropython.appSize)}) may be installed over the air. Extract it.`,
      fixes: [{ title: "Extract the app from it", action: "extract-app" }, chooseAnother],
    };
  },
});

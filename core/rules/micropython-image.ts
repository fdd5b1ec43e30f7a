import { defineRule } from "./rule";
import { atBinary, chooseAnother } from "./support/micropython";

export default defineRule({
  id: "micropython-image",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "The chosen MicroPython binary must be an intact ESP32 app.",
  why: "The device verifies an image before it starts it. A damaged file, or one that is no app, is refused after the download, and the old firmware is gone by then.",
  source: "`esp_image_verify` in ESP-IDF's esp_image_format.c",
  *check(subject) {
    const { micropython } = subject.facts;
    if (micropython?.kind !== "unusable") return;
    yield {
      ...atBinary(subject),
      message: `${micropython.name} cannot be installed. ${micropython.fault}`.trimEnd(),
      fixes: [chooseAnother],
    };
  },
});

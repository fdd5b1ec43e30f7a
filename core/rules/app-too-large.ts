import { LARGEST_APP } from "../ota/slots";
import { setNumber } from "../table/edit";
import { APP } from "../table/subtypes";
import { hex, sizeText } from "../text/units";
import { defineRule, quoted } from "./rule";
import { fieldSpan } from "./support/entries";
import { fixesOfSize } from "./support/space";

export default defineRule({
  id: "app-too-large",
  severity: "error",
  stage: "device",
  needs: [],
  summary: "An app partition has at most 16 MB.",
  why: "The bootloader refuses to load an app from a larger one: `partition size invalid, larger than 16MB`.",
  source: "`image_load` in ESP-IDF's esp_image_format.c, v3.3 to v6.1; Espressif's tool accepts any size",
  *check(subject) {
    for (const entry of subject.table.entries) {
      if (entry.type !== APP || entry.size <= LARGEST_APP) continue;
      yield {
        at: fieldSpan(entry, "size"),
        message: `${quoted(entry)} has ${hex(entry.size)} (${sizeText(entry.size)}); the bootloader loads no app from a partition larger than 0x1000000 (16 MB).`,
        fixes: fixesOfSize(subject, [
          { title: `Make ${quoted(entry)} 16 MB`, edits: [setNumber(entry.row, "size", LARGEST_APP)] },
        ]),
      };
    }
  },
});

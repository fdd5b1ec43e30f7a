import { bootableRows, kindsKnown } from "../ota/slots";
import { cellOf } from "../table/csv";
import { APP } from "../table/subtypes";
import { defineRule, type Subject } from "./rule";
import { wholeTable } from "./support/space";

export default defineRule({
  id: "no-app",
  severity: "error",
  stage: "device",
  needs: [],
  summary: "The table needs an app partition that the bootloader can start.",
  why: "The bootloader starts an app from factory, from one of the slots ota_0, ota_1, … or, as a last resort, from test. Without any it resets for ever.",
  source:
    "`bootloader_utility_load_boot_image` in ESP-IDF's bootloader_utility.c; Espressif's tool accepts a table without apps",
  *check(subject) {
    if (!kindsKnown(subject) || bootableRows(subject.table).length > 0) return;
    const app = subject.table.rows.find(({ type }) => type === APP);
    yield app
      ? { at: cellOf(app.row, "subtype").span, message: reason(subject) }
      : {
          ...wholeTable(subject),
          message:
            "The table has no app partition, so the device has nothing to start. Add one, for example: factory, app, factory, , 1M",
        };
  },
});

const reason = ({ table }: Subject): string =>
  table.rows.some(({ type, size }) => type === APP && size === 0)
    ? "No app partition can be started: the bootloader skips those of size 0. Give one a size."
    : "No app partition can be started: the bootloader looks for factory, ota_0 and the slots that follow without a gap, and test. Change the subtype of one.";

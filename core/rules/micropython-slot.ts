import { micropythonSlot } from "../ota/micropythonSlot";
import { bootableRows, kindsKnown, slotNumber } from "../ota/slots";
import { APP, DATA, FACTORY, isOtaSlot, OTADATA } from "../table/subtypes";
import { defineRule, quoted, type Subject } from "./rule";
import { fieldSpan } from "./support/entries";
import { usableBinary } from "./support/micropython";

export default defineRule({
  id: "micropython-slot",
  severity: "error",
  stage: "device",
  needs: ["micropython"],
  summary: "The slot that will hold MicroPython must be one that the bootloader starts.",
  why: "MicroPython is installed into ota_1 (ota_0 in a table without it). The bootloader starts an update slot only when otadata selects it, or when nothing else is there.",
  source:
    "`bootloader_utility_get_selected_boot_partition` and `bootloader_utility_load_boot_image` in ESP-IDF's bootloader_utility.c",
  *check(subject) {
    const slot = micropythonSlot(subject.table);
    if (!slot || !usableBinary(subject) || !kindsKnown(subject) || !isOtaSlot(slot.type, slot.subtype))
      return;
    const bootable = bootableRows(subject.table);
    // Nothing at all to start is another rule's problem.
    if (bootable.length === 0) return;
    const isCounted = bootable.some(({ row }) => row === slot.row);
    if (isCounted && (hasOtadata(subject) || isFirst(subject, slotNumber({ subtype: slot.subtype })))) return;
    yield {
      at: fieldSpan(slot, "subtype"),
      message: isCounted
        ? `MicroPython will be installed into ${quoted(slot)}, but without an otadata partition the bootloader never starts it. Add one of 0x2000 bytes.`
        : `MicroPython will be installed into ${quoted(slot)}, which the bootloader never starts. Give it a size, and number the slots from ota_0 without gaps.`,
    };
  },
});

const hasOtadata = ({ table }: Subject): boolean =>
  table.rows.some(({ type, subtype }) => type === DATA && subtype === OTADATA);

/** Without otadata the bootloader tries factory, then the slots from 0 on. */
const isFirst = ({ table }: Subject, number: number): boolean =>
  number === 0 && !table.rows.some(({ type, subtype }) => type === APP && subtype === FACTORY);

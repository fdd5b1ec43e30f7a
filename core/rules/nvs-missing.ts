import { kindsKnown } from "../ota/slots";
import { DATA, NVS } from "../table/subtypes";
import { defineRule, type Fix, type Subject } from "./rule";
import { addRowFix, freeSpaces, wholeTable } from "./support/space";

const SMALLEST = 0x3000;
const USUAL = 0x6000;

export default defineRule({
  id: "nvs-missing",
  severity: "warning",
  stage: "device",
  needs: [],
  summary: "Wi-Fi and Bluetooth need an nvs partition.",
  why: "The radio keeps its calibration and its settings in nvs. Without it Wi-Fi does not start in most firmware, MicroPython's `network` and `esp32.NVS` included.",
  source: "`nvs_flash_init` and `esp_wifi_init` of ESP-IDF; `boardctrl_startup` in MicroPython's main.c",
  *check(subject) {
    const { rows } = subject.table;
    const isThere = rows.some(({ type, subtype }) => type === DATA && subtype === NVS);
    if (rows.length === 0 || isThere || !kindsKnown(subject)) return;
    yield {
      ...wholeTable(subject),
      message: "The table has no nvs partition; Wi-Fi and Bluetooth need one. Add: nvs, data, nvs, , 0x6000",
      fixes: added(subject),
    };
  },
});

function added(subject: Subject): Fix[] {
  const space = freeSpaces(subject).find(({ offset, end }) => end - offset >= SMALLEST);
  if (!space) return [];
  const end = Math.min(space.end, space.offset + USUAL);
  return addRowFix(subject, { name: "nvs", words: ["data", "nvs"], space: { offset: space.offset, end } });
}

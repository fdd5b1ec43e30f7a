import type { Analysis } from "../analyse";
import type { ChosenBinary } from "../facts";
import { micropythonSlot } from "../ota/micropythonSlot";
import { sizeText } from "../text/units";

/** Whether the chosen binary can go where it will be installed, as a phrase: `fits ota_1, 106 KB free`. */
export interface Fit {
  readonly fits: boolean;
  readonly phrase: string;
}

export function fitOf({ table }: Analysis, binary: ChosenBinary): Fit {
  if (binary.kind === "unusable") return misfit(binary.fault || "not a MicroPython application");
  if (binary.kind === "combined")
    return misfit("bootloader, table and app in one file: extract the app first");
  const slot = micropythonSlot(table);
  if (!slot) return misfit("no app slot to hold it");
  const left = slot.size - binary.appSize;
  return left < 0
    ? misfit(`${sizeText(-left)} too large for ${slot.name}`)
    : { fits: true, phrase: `fits ${slot.name}, ${sizeText(left)} free` };
}

const misfit = (phrase: string): Fit => ({ fits: false, phrase });

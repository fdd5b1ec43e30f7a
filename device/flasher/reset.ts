import { USB_SERIAL_JTAG } from "../usbIds";
import type { Clock } from "./clock";
import type { BoardTransport } from "./transport";

/** Milliseconds that the lines stand as they were set. */
type LineStep = readonly [dtr: boolean, rts: boolean, milliseconds: number];

/** Boards with a large capacitor at the reset pin need more time. */
const BRIDGE_PAUSES = [50, 550];

const intoLoader = (pause: number): readonly LineStep[] => [
  [false, true, 100],
  [true, false, pause],
  [false, false, 0],
];

/** Through both lines at once, because the controller forgets the wish for the loader when neither is set. */
const INTO_LOADER_BY_USB_JTAG: readonly LineStep[] = [
  [false, false, 100],
  [true, false, 100],
  [true, true, 0],
  [false, true, 100],
  [false, false, 0],
];

/** esptool-js's `hard_reset` never sets RTS. */
const INTO_FLASH: readonly LineStep[] = [
  [false, false, 0],
  [false, true, 100],
  [false, false, 0],
];

/** Resets the chip into the loader of its ROM. Rejects where the port knows no lines. */
export const resetIntoLoader = (line: BoardTransport, clock: Clock, attempt: number): Promise<void> => {
  const { usbVendorId, usbProductId } = USB_SERIAL_JTAG;
  const byUsbJtag = line.getVid() === usbVendorId && line.getPid() === usbProductId;
  const pause = BRIDGE_PAUSES[attempt % BRIDGE_PAUSES.length] ?? 0;
  return setLines(line, clock, byUsbJtag ? INTO_LOADER_BY_USB_JTAG : intoLoader(pause));
};

/** Resets the chip into what lies in its flash. */
export const resetIntoFlash = (line: BoardTransport, clock: Clock): Promise<void> =>
  setLines(line, clock, INTO_FLASH);

async function setLines(line: BoardTransport, clock: Clock, steps: readonly LineStep[]): Promise<void> {
  for (const [index, [dtr, rts, milliseconds]] of steps.entries()) {
    const setting = line.setSignals(dtr, rts);
    // A board with native USB takes its port away as soon as it is reset.
    await (index === steps.length - 1 ? setting.catch(() => undefined) : setting);
    await clock.pause(milliseconds);
  }
}

import { setTimeout as sleep, setImmediate as turn } from "node:timers/promises";
import type { ChipTarget } from "../../../core/chip/targets";
import { asciiBytes, toHex } from "../../../core/image/bytes";
import type { TableRow } from "../../../core/image/tableRows";
import { powerOn } from "../../../core/sim/boot/rom";
import type { FlashChange } from "../../../core/sim/flash/answer";
import type { SimulatedImage } from "../../../core/sim/images";
import { messageOf } from "../../../core/text/reason";
import { micropythonBanner, PROMPT } from "../boot";
import type { FlashChip } from "../flashChip";
import { replAnswer } from "../repl";
import type { Session } from "../session";
import { appOf } from "./bannerIn";
import { driveOn, type RunningDevice } from "./drive";
import { answerFrom } from "./questions";
import type { FirmwareBoard, SimulatedFirmware } from "./simulatedFirmware";
import { tear } from "./tear";

/** A board from its reset to the end of its power, with programs in place of its apps. */
export const firmwareSession = (board: FirmwareBoard, firmware: SimulatedFirmware): Session => {
  const { chip, flash } = board;
  const { time, tableOffset } = firmware;
  const start = time.now();
  const off = new AbortController();
  const network = firmware.network();
  let changing: FlashChange | undefined;
  let banner: string | undefined;

  const say = (text: string): void => {
    const line = text.startsWith("crossflash: ") ? `I (${Math.round(time.now() - start)}) ${text}` : text;
    if (!off.signal.aborted) board.transmit(asciiBytes(text === PROMPT ? text : `${line}\r\n`));
  };
  const device: Omit<RunningDevice, "offset" | "tellsMac"> = {
    chip: flash,
    mac: Array.from(board.mac, (byte) => toHex(Uint8Array.of(byte))).join(":"),
    isProtected: firmware.isProtected ?? false,
    network,
    time,
    say,
    async pause(milliseconds) {
      const real = milliseconds * firmware.waitScale;
      if (real < 1) await turn();
      else await sleep(real, undefined, { signal: off.signal }).catch(() => undefined);
    },
    hasPower: () => !off.signal.aborted,
    doing(change) {
      changing = change;
    },
  };

  /** From the ROM to the end of the app; whether the chip resets itself then. */
  async function live(): Promise<boolean> {
    for (const line of chip.texts.greeting) say(line);
    time.pass(START);
    const booting = { ...device, offset: 0, tellsMac: false };
    const setup = { chip: chip.target, tableOffset, model: firmware.bootloader };
    const booted = await driveOn(booting, powerOn(setup));
    if (booted.kind !== "done" || !booted.value) return false;
    const app = appIn(flash, chip.target, booted.value, firmware);
    banner = app.banner;
    const { offset } = booted.value;
    const programs = firmware.programs[app.image.kind];
    const program = programs({
      chip: chip.target,
      tableOffset,
      image: app.image,
      offset,
      enter: () => undefined,
    });
    const running = { ...device, offset, tellsMac: app.image.kind === "repartitioner" };
    return (await driveOn(running, program)).kind === "restart";
  }

  async function run(): Promise<void> {
    // A board that was reset has said nothing yet when the reset is over.
    await turn();
    const restarts = await live().catch((error: unknown) => {
      say(`Guru Meditation Error: Core  0 panic'ed (${messageOf(error)})`);
      return false;
    });
    if (off.signal.aborted) return;
    network.close();
    if (restarts) board.restart();
    else time.rest();
  }
  // Whatever the board did before, it does something now.
  time.pass(0);
  void run();
  return {
    running: () => "flash",
    async receive(bytes) {
      if (banner !== undefined) board.transmit(replAnswer(banner, bytes));
    },
    stop() {
      off.abort();
      network.close();
      // Different at every cut, and the same for the same run.
      if (changing) tear(flash, changing, Math.round(time.now()));
      changing = undefined;
    },
  };
};

/** Milliseconds from the reset to the app; nobody measured it. */
const START = 500;

/** Which app the slot holds, and what it says of itself. */
function appIn(
  flash: FlashChip,
  chip: ChipTarget,
  { offset, size }: TableRow,
  { kindOf }: SimulatedFirmware,
): { readonly image: SimulatedImage; readonly banner: string | undefined } {
  const length = Number(answerFrom(flash, { kind: "image", offset, size, chipId: chip.imageChipId }));
  const sha256 = String(answerFrom(flash, { kind: "sha256", offset, size: length }));
  const bytes = flash.read(offset, length) ?? new Uint8Array();
  const app = appOf(bytes);
  const banner = app && micropythonBanner(app);
  const kind = kindOf({ sha256, micropython: banner });
  const idfVersion = app?.descriptor?.idfVersion ?? "";
  return { image: { kind, bytes, sha256, idfVersion }, banner: kind === "micropython" ? banner : undefined };
}

import type { TableRow } from "../../image/tableRows";
import { powerOn } from "../boot/rom";
import type { DeviceSetup, Life, LifeEnd } from "../device";
import { sha256At } from "../flash/questions";
import { imageAt } from "../flash/verifyImage";
import type { SimulatedImage } from "../images";
import { offline } from "../server";
import { drive, type Outcome } from "./drive";
import type { Machine } from "./machine";

/** Milliseconds from the reset to the app; nobody measured it. */
const START = 500;

/** From a reset to the next, or to the end. */
export function liveOnce(machine: Machine, setup: DeviceSetup, number: number): Life {
  const firstOperation = machine.operations.length;
  machine.life = number;
  machine.app = "bootloader";
  machine.network = offline(machine.network);
  machine.milliseconds += START;
  const { chip, tableOffset, bootloader: model } = setup;
  const life = (app: SimulatedImage | undefined, offset: number | undefined, end: LifeEnd): Life => ({
    number,
    app: app?.kind,
    offset,
    firstOperation,
    end,
  });
  const started = drive(machine, powerOn({ chip, tableOffset, model }));
  if (started.kind !== "done") return life(undefined, undefined, started.kind);
  const row = started.value;
  if (!row) return life(undefined, undefined, "no-boot");
  const image = imageIn(machine, setup, row);
  if (!image) return life(undefined, row.offset, "unknown-app");
  return life(image, row.offset, endOf(runApp(machine, setup, image, row.offset)));
}

const endOf = (outcome: Outcome<void>): LifeEnd => (outcome.kind === "done" ? "idle" : outcome.kind);

/** Which of the known images the slot holds, byte for byte. */
function imageIn(
  { flash }: Machine,
  { chip, images }: DeviceSetup,
  row: TableRow,
): SimulatedImage | undefined {
  const size = imageAt(flash, row, chip.imageChipId);
  const digest = size > 0 ? sha256At(flash, { offset: row.offset, size }) : "";
  return images.find(({ sha256 }) => sha256 === digest);
}

function runApp(
  machine: Machine,
  { chip, tableOffset, programs }: DeviceSetup,
  image: SimulatedImage,
  offset: number,
): Outcome<void> {
  machine.app = image.kind;
  machine.offset = offset;
  machine.watcher?.started(image.kind, offset);
  return drive(
    machine,
    programs[image.kind]({
      chip,
      tableOffset,
      image,
      offset,
      enter: (step) => {
        machine.step = step;
      },
    }),
    machine.watcher,
  );
}

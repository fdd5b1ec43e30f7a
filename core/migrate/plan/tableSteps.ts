import { TABLE_LENGTH } from "../../table/options";
import { hex, sizeText } from "../../text/units";
import { erase, placeOf, type Scene, type StepDraft, tableSector, write } from "./draft";

/** How often the table sector is tried before the repartitioner gives up, without a reset in between. */
const ATTEMPTS = 10;

/**
 * The change of the table, in the order in which only one sector is ever at risk: everything that MicroPython needs blank
 * is blank before, so a table that is the target table means that all earlier work is done.
 */
export const tableSteps = (scene: Scene): readonly StepDraft[] => [
  eraseFilesystem(scene),
  verifyTable(scene),
  writeTable(scene),
  reset(scene),
  checkTarget(scene),
];

const eraseFilesystem = ({ cast: { vfs, roles } }: Scene): StepDraft => ({
  id: "erase-filesystem",
  title: `The place of '${vfs.name}' is erased`,
  published: [9],
  precondition: `The table in flash is the source table, and the repartitioner runs from '${roles.runner.name}'.`,
  does: `All ${sizeText(vfs.size)} from ${hex(vfs.offset)} on are erased and read back. MicroPython makes a filesystem only where the first sector is blank; with anything else there it reports a corrupted filesystem for ever. What the firmware kept there is lost.`,
  flash: [erase(vfs, `the place of '${vfs.name}'`)],
  again: "It erases again.",
});

const verifyTable = ({ input: { target, facts } }: Scene): StepDraft => ({
  id: "verify-table",
  title: "The new table is verified in RAM",
  published: [9],
  precondition: "The filesystem area has been read back as blank.",
  does: `The sector is built in RAM: ${target.length} rows, ${facts.md5Row ? "the MD5 row" : "no MD5 row"}, FF up to its end. Its SHA-256 is compared with the one that was known when the plan was made.`,
  flash: [],
  again: "It begins at the erasing again: nothing was written.",
});

const writeTable = (scene: Scene): StepDraft => {
  const sector = tableSector(scene);
  return {
    id: "write-table",
    title: "The table sector is written",
    published: [9],
    precondition:
      "Everything that the target table needs is in place, the table in RAM is verified, and the repartitioner is built so that ESP-IDF lets it write there (the option for dangerous writes in its sdkconfig). The supply is good: never from a battery that is almost empty.",
    does: `Wi-Fi is switched off, because its current peaks are what a weak supply gives in to. The sector at ${hex(sector.offset)} is erased, written and read back. Where it differs it is tried again, up to ${ATTEMPTS} times, in the same boot: never reset while it does not verify.`,
    flash: [
      erase(sector, "the sector of the partition table"),
      write(sector.offset, TABLE_LENGTH, "the target table"),
    ],
    change: { table: scene.input.target, selects: scene.cast.runner },
    again: "",
    hazard:
      "The device has no partition table, and there is no second one: it does not start any more until somebody writes a table by a cable.",
    attempts: ATTEMPTS,
  };
};

const reset = ({ cast: { runner } }: Scene): StepDraft => ({
  id: "reset",
  title: "The device resets",
  published: [9],
  precondition: "The sector has been read back and is the target table.",
  does: `ESP-IDF keeps the partitions that it has read in RAM, so the new ones count only after a reset. The bootloader starts the repartitioner from ${placeOf(runner)}, as before.`,
  flash: [],
  again: "That is what the reset would have done.",
});

const checkTarget = ({ cast: { runner, receiver, vfs } }: Scene): StepDraft => ({
  id: "check-target",
  title: "The repartitioner checks what it has done",
  published: [10],
  precondition: "The repartitioner runs.",
  does: `It compares the table with the target table byte for byte, sees that it runs from '${runner.name}', that '${receiver.name}' has its new place, and that the first sector of '${vfs.name}' is blank. Otherwise it reports and stops.`,
  flash: [],
  again: "It checks again: it only reads.",
});

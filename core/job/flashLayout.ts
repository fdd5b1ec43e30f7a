import type { Analysis } from "../analyse";
import { exportTable } from "../export";
import type { ChosenBinary } from "../facts";
import { FIXED_FILESYSTEM, micropythonFilesystem } from "../ota/micropythonFilesystem";
import { micropythonSlot } from "../ota/micropythonSlot";
import { failure, type Result } from "../result";
import { alignUp, hex } from "../text/units";
import type { PresentTable } from "./consequences";
import { type NamedFile, readAppFile } from "./files";
import { type EraseRegion, type FlashJob, type JobFault, makeJob } from "./job";
import { SECTOR } from "./range";
import { bootloaderRegion, partitionRegion, tableRegion } from "./regions";
import { startRegions } from "./start";

export interface LayoutJobParts {
  /** Of the target table, with the same MicroPython in its facts, so that its rules have spoken. */
  readonly analysis: Analysis;
  readonly micropython: NamedFile;
  /** Left as it is unless given. */
  readonly bootloader?: NamedFile | undefined;
  readonly present?: PresentTable | undefined;
}

/**
 * The job that takes what is on the screen to a board: the table, MicroPython in its slot, otadata that starts it, and
 * a blank start of its filesystem. Refused while the table has errors.
 */
export function flashLayout({
  analysis,
  micropython,
  bootloader,
  present,
}: LayoutJobParts): Result<FlashJob, JobFault> {
  const exported = exportTable(analysis);
  if (!exported.ok) return failure("table", 0, exported.message);
  const app = readAppFile(micropython);
  if (!app.ok) return app;
  const { table, entries } = exported.value;
  const placed = micropythonSlot(analysis.table);
  const slot = entries.find((entry) => entry === placed);
  if (!slot)
    return failure("slot", 0, "The table has no app partition that could hold MicroPython. Add one.");
  const start = startRegions(entries, slot);
  if (!start.ok) return start;
  const { chip, bytes, binary } = app.value;
  const { tableOffset } = analysis.facts;
  return makeJob({
    title: `Flash this layout with ${binary.title || micropython.name}`,
    chip,
    present,
    after: entries,
    regions: [
      ...(bootloader ? [bootloaderRegion(chip.bootloaderOffset, tableOffset, bootloader.bytes)] : []),
      tableRegion(tableOffset, table),
      ...start.value,
      partitionRegion(slot, "app", bytes, `${binary.title || micropython.name} runs from here.`),
      ...filesystemRegions(analysis, binary),
    ],
  });
}

/**
 * MicroPython formats its filesystem only if the first 4096 bytes are blank (`modules/inisetup.py`); what else it finds
 * and cannot mount ends in "The filesystem appears to be corrupted". Erasing the first sector was enough on every build
 * tried (1.14 to 1.24), and erasing a megabyte takes seconds, so only the start is erased: two sectors, because LittleFS
 * keeps the second copy of its root in the second one.
 */
const BLANK_START = 2 * SECTOR;

function filesystemRegions({ table, facts }: Analysis, binary: ChosenBinary): EraseRegion[] {
  const filesystem = micropythonFilesystem(table, binary, facts);
  switch (filesystem.kind) {
    case "found": {
      const { entry } = filesystem;
      return entry ? [blankStart(entry.name, entry.offset, Math.min(entry.size, BLANK_START))] : [];
    }
    case "automatic":
      return [blankStart("vfs", alignUp(filesystem.offset, SECTOR), BLANK_START)];
    case "fixed":
      return [blankStart("vfs", FIXED_FILESYSTEM.offset, BLANK_START)];
    case "mislabelled":
    case "missing":
      return [];
  }
}

const blankStart = (name: string, address: number, size: number): EraseRegion => ({
  kind: "erase",
  address,
  size: alignUp(size, SECTOR),
  name,
  purpose: "filesystem",
  usedFromStart: true,
  why: `MicroPython makes a new filesystem where the first ${hex(SECTOR)} bytes are blank.`,
});

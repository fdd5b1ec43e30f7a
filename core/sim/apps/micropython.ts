import { asciiBytes, equalBytes } from "../../image/bytes";
import type { TableRow } from "../../image/tableRows";
import { DATA, OTADATA } from "../../table/subtypes";
import type { AppContext } from "../device";
import { erase, isBlank, log, type Program, read, type Task, wait, write } from "../effect";
import { SECTOR } from "../flash/contents";
import { markValid } from "./otaUpdate";
import { partitions } from "./partitions";

export interface MicropythonOptions {
  /** Whether its boot.py marks it as valid, which matters only where a bootloader has put it on trial. */
  readonly confirms?: boolean | undefined;
  /** What it says of itself at its prompt. */
  readonly banner?: string | undefined;
}

const BANNER = "MicroPython v1.23.0 on 2024-06-02; simulated";

const PAUSE = 3_000;

/**
 * MicroPython from its start to its prompt (`_boot.py`, `inisetup.py`). It mounts what it finds in the partition `vfs`,
 * makes a filesystem where the first 4096 bytes are blank, and says for ever that the filesystem is corrupted where they
 * are not. It ends at its prompt; without a place for files it waits, because that is not what anybody migrates for.
 */
export const micropython =
  ({ confirms = false, banner = BANNER }: MicropythonOptions = {}) =>
  (context: AppContext): Program =>
    start(context, confirms, banner);

function* start({ tableOffset, image, enter }: AppContext, confirms: boolean, banner: string): Program {
  enter("first-start");
  const rows = yield* partitions(tableOffset, image.idfVersion);
  const vfs = ["vfs", "ffat"].flatMap((name) =>
    rows.filter(({ type, label }) => type === DATA && label === name),
  )[0];
  if (!vfs || vfs.size < 3 * SECTOR) return yield* forEver("There is no partition for a filesystem.");
  if (!(yield* isMountable(vfs))) {
    if (!(yield* isBlank({ offset: vfs.offset, size: SECTOR })))
      return yield* forEver("The filesystem appears to be corrupted.");
    yield* makeFilesystem(vfs);
  }
  const otadata = rows.find(({ type, subtype }) => type === DATA && subtype === OTADATA);
  if (confirms && otadata) yield* markValid(otadata);
  yield* log(banner);
  yield* log('Type "help()" for more information.');
  yield* log(">>> ");
}

function* forEver(line: string): Task<void> {
  for (;;) {
    yield* log(line);
    yield* wait(PAUSE);
  }
}

/** Of littlefs: revision, a tag, and the magic at byte 8; the rest stands for what its own checksum covers. */
const superblock = (revision: number): Uint8Array => {
  const bytes = new Uint8Array(64);
  bytes.set([revision, 0, 0, 0, 0xf0, 0x0f, 0xff, 0xf7]);
  bytes.set(asciiBytes("littlefs"), 8);
  return bytes;
};
const SUPERBLOCKS = [superblock(1), superblock(2)] as const;
const BOOT_PY = asciiBytes("# boot.py\n");

/** One whole superblock of the two is enough: a half written one fails its checksum. */
function* isMountable({ offset }: TableRow): Task<boolean> {
  for (const [block, expected] of SUPERBLOCKS.entries())
    if (equalBytes(yield* read(offset + block * SECTOR, expected.length), expected)) return true;
  return false;
}

function* makeFilesystem({ offset }: TableRow): Task<void> {
  yield* log("Performing initial setup");
  for (const [block, bytes] of [...SUPERBLOCKS, BOOT_PY].entries()) {
    yield* erase(offset + block * SECTOR, SECTOR);
    yield* write(offset + block * SECTOR, bytes);
  }
}

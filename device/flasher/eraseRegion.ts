import type { FlashRange } from "../../core/job/range";
import { blankMd5 } from "../md5";
import { type Group, pieces, runsOf } from "./differences";
import type { BoardLoader } from "./loader";
import { type RegionState, touch } from "./regionState";
import type { RegionWatch } from "./runJob";

/** What the flash chip erases at once; single sectors take longer in all. */
const ERASE_BLOCK = 0x10000;
/** Bytes at once, so that the user can stop in between. */
const PIECE = 0x40000;

/** Erases the blocks that are not blank. */
export async function eraseDifferences(
  loader: BoardLoader,
  state: RegionState,
  watch: RegionWatch,
): Promise<void> {
  const groups: Group[] = [];
  let blank = 0;
  for (const part of pieces(state.range, ERASE_BLOCK)) {
    watch.check();
    const same = (await loader.md5(part)) === blankMd5(part.size);
    groups.push({ ...part, same });
    if (same) blank += part.size;
    watch.report("compare", blank);
  }
  for (const piece of runsOf(groups, 0).flatMap((run) => pieces(run, PIECE))) {
    watch.check();
    await erasePiece(loader, state, piece);
    blank += piece.size;
    watch.report("erase", blank);
  }
}

async function erasePiece(loader: BoardLoader, state: RegionState, piece: FlashRange): Promise<void> {
  touch(state, piece);
  await loader.erase(piece);
}

import type { WriteRegion } from "../../core/job/job";
import { type FlashRange, rangeEnd, sectorsOf, totalSize } from "../../core/job/range";
import { alignUp } from "../../core/text/units";
import { md5Of } from "../md5";
import { compressed, compressionRatio } from "./compress";
import {
  bundleSize,
  type Costs,
  type Group,
  gapSize,
  groupSize,
  pieces,
  runsOf,
  samples,
} from "./differences";
import type { BoardLoader } from "./loader";
import { type RegionState, touch } from "./regionState";
import type { RegionWatch } from "./runJob";

/** Bytes of a question and its answer on the wire, with frames and the length of an MD5. */
const QUESTION_SIZE = 60;
/** Flash is written in words. */
const WORD = 4;
const ERASED = 0xff;

/** Sends what differs. */
export async function writeDifferences(
  loader: BoardLoader,
  state: RegionState,
  region: WriteRegion,
  watch: RegionWatch,
): Promise<void> {
  const runs = await findDifferences(loader, state, region, watch);
  const toSend = totalSize(runs);
  let sent = 0;
  for (const run of runs) {
    const start = state.range.size - toSend + sent;
    await sendRun(loader, state, run, partOf(region, run), watch, start);
    sent += run.size;
  }
}

async function findDifferences(
  loader: BoardLoader,
  { range }: RegionState,
  region: WriteRegion,
  watch: RegionWatch,
): Promise<readonly FlashRange[]> {
  const ask = async (part: FlashRange): Promise<Group> => {
    watch.check();
    return { ...part, same: (await loader.md5(part)) === md5Of(partOf(region, part)) };
  };
  const sampled = samples(range);
  if (sampled.length === 1) return [range];
  if (!(await anySame(sampled, ask))) return [range];
  const costs = await costsOf(loader, region, sampled);
  const group = groupSize(range.size, costs);
  const groups: Group[] = [];
  for (const part of pieces(range, bundleSize(group))) {
    const bundle = await ask(part);
    if (bundle.same) groups.push(bundle);
    else for (const piece of pieces(part, group)) groups.push(await ask(piece));
    watch.report("compare", totalSize(groups.filter((found) => found.same)));
  }
  return runsOf(groups, gapSize(costs));
}

async function anySame(
  parts: readonly FlashRange[],
  ask: (part: FlashRange) => Promise<Group>,
): Promise<boolean> {
  for (const part of parts) if ((await ask(part)).same) return true;
  return false;
}

/** A question costs at least its bytes, whatever the fastest round trip was. */
async function costsOf(
  loader: BoardLoader,
  region: WriteRegion,
  sampled: readonly FlashRange[],
): Promise<Costs> {
  const { byteSeconds } = loader;
  const ratio = await compressionRatio(sampled.map((part) => partOf(region, part)));
  const roundTrip = Number.isFinite(loader.roundTrip) ? loader.roundTrip / 1000 : 0;
  return { question: Math.max(roundTrip, QUESTION_SIZE * byteSeconds), byte: ratio * byteSeconds };
}

/**
 * One zlib stream from its beginning to its end. All of the run counts as touched before it begins: the stub erases with
 * the first word, and then ahead of what it writes, as far as the flash chip is ready for it.
 */
async function sendRun(
  loader: BoardLoader,
  state: RegionState,
  run: FlashRange,
  bytes: Uint8Array,
  watch: RegionWatch,
  before: number,
): Promise<void> {
  const padded = paddedToWords(bytes);
  const blocks = await compressed(padded, loader.FLASH_WRITE_SIZE);
  watch.check();
  touch(state, sectorsOf(run));
  await loader.beginRun({ address: run.address, size: padded.length }, blocks.length);
  let done = 0;
  for (const [sequence, block] of blocks.entries()) {
    watch.check();
    const size = Math.min(block.size, run.size - done);
    await loader.writeBlock(block.bytes, sequence, block.size);
    done += size;
    state.sentBytes += size;
    watch.report("write", before + done);
  }
}

const partOf = ({ address, bytes }: WriteRegion, part: FlashRange): Uint8Array =>
  bytes.subarray(part.address - address, rangeEnd(part) - address);

function paddedToWords(bytes: Uint8Array): Uint8Array {
  if (bytes.length % WORD === 0) return bytes;
  const padded = new Uint8Array(alignUp(bytes.length, WORD)).fill(ERASED);
  padded.set(bytes);
  return padded;
}

import { expect } from "vitest";
import { type FlashJob, type JobRegion, rangeOf } from "../../../core/job/job";
import type { Board } from "../../../device/flasher/board";
import { connectWith } from "../../../device/flasher/connect";
import { BoardFault, type BoardFaultKind } from "../../../device/flasher/fault";
import type { RegionOutcome } from "../../../device/flasher/outcome";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { flashAfter, wantedBytes } from "./jobs";
import { turnClock } from "./turnClock";

export const connect = connectWith(turnClock());

export const faultOf = async (work: Promise<unknown>): Promise<BoardFault | undefined> => {
  try {
    await work;
    return undefined;
  } catch (error) {
    if (error instanceof BoardFault) return error;
    throw error;
  }
};

export type Ending = BoardFaultKind | "verified";

/**
 * Does the job on a board where something goes wrong. Afterwards everything that was said of the flash is so, and where
 * the job has not ended it finishes on the same flash without the fault. Gives how it ended: where
 * nothing went wrong, the flash that the job has nothing to do with is as it was.
 */
export const checkFaultyRun = async (job: FlashJob, options: VirtualBoardOptions): Promise<Ending> => {
  const board = virtualBoard(options);
  const before = board.flash.slice();
  let connected: Board | undefined;
  const work = async () => {
    connected = await connect(board.port);
    expect(connected.identity).toMatchObject({ mac: "24:0a:c4:00:00:01", flashSize: board.flash.length });
    await connected.run(job);
  };
  const fault = await faultOf(work());
  if (fault) checkStatement(job, fault, before, board.flash);
  else expectWanted(job, before, board.flash);
  await connected?.close();
  expect(board.port.readable).toBeNull();
  if (!fault) return "verified";
  await checkResume(job, { ...options, faults: [], flash: board.flash });
  return fault.kind;
};

/** Two arrays of bytes as one comparison: `toEqual` takes seconds for them. */
const expectSame = (found: Uint8Array, wanted: Uint8Array): void => {
  expect(Buffer.compare(found, wanted)).toBe(0);
};

const expectWanted = (job: FlashJob, before: Uint8Array, after: Uint8Array): void =>
  expectSame(after, flashAfter(job, before));

const checkStatement = (job: FlashJob, fault: BoardFault, before: Uint8Array, after: Uint8Array): void => {
  if (fault.outcomes.length === 0) {
    expectSame(after, before);
    return;
  }
  expect(fault.outcomes.map(({ name }) => name)).toEqual(job.regions.map(({ name }) => name));
  for (const [index, region] of job.regions.entries()) {
    const { address, size } = rangeOf(region);
    const bytes = after.subarray(address, address + size);
    const status = fault.outcomes[index]?.status;
    if (status === "verified") expectSame(bytes, wantedBytes(region));
    const old = before.subarray(address, address + size);
    if (status === "untouched") expectSame(bytes, old);
    if (status === "partial") checkRest(region, fault.message, bytes, old);
    expect(fault.message).toContain(`'${region.name}'`);
  }
};

/** What is said of a region that was begun: outside of this part it is as it was. */
const checkRest = (region: JobRegion, message: string, bytes: Uint8Array, old: Uint8Array): void => {
  const part = new RegExp(`'${region.name}' is (?:written|erased) in part: from (0x\\w+) to (0x\\w+) `).exec(
    message,
  );
  if (!part) return;
  const [from, to] = [Number(part[1]) - region.address, Number(part[2]) - region.address];
  expectSame(bytes.subarray(0, Math.max(0, from)), old.subarray(0, Math.max(0, from)));
  expectSame(bytes.subarray(to), old.subarray(to));
};

const checkResume = async (job: FlashJob, options: VirtualBoardOptions): Promise<void> => {
  const board = virtualBoard(options);
  const before = board.flash.slice();
  const connected = await connect(board.port);
  const { outcomes } = await connected.run(job);
  expect(statuses(outcomes)).toEqual(job.regions.map(() => "verified"));
  expectWanted(job, before, board.flash);
  await connected.close();
};

export const statuses = (outcomes: readonly RegionOutcome[]): readonly string[] =>
  outcomes.map(({ status }) => status);

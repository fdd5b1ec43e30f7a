import { expect, test } from "vitest";
import { type FlashJob, type JobRegion, rangeOf } from "../../../core/job/job";
import type { Board, Progress } from "../../../device/flasher/board";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { VirtualBoardOptions } from "../../../device/virtualBoard/boardOptions";
import { pattern } from "../../support/bytes";
import { connect, faultOf, statuses } from "../support/faultRun";
import { appJob, flashAfter, jobOf, SMALL_APP, SMALL_FLASH, smallJob } from "../support/jobs";

const OLD = pattern(SMALL_FLASH, 9);
const SMALL: VirtualBoardOptions = { flash: OLD, flashSize: SMALL_FLASH };
const DONE: VirtualBoardOptions = { flash: flashAfter(smallJob, OLD), flashSize: SMALL_FLASH };

/** A connected board, with what happened to it since then. */
const connected = async (options: VirtualBoardOptions) => {
  const virtual = virtualBoard(options);
  const board = await connect(virtual.port);
  const before = virtual.counters();
  const since = () => {
    const { programmedBytes, erasedSectors, roundTrips } = virtual.counters();
    return {
      programmed: programmedBytes - before.programmedBytes,
      erased: erasedSectors - before.erasedSectors,
      roundTrips: roundTrips - before.roundTrips,
    };
  };
  return { board, virtual, since };
};

const erased = { kind: "erase", name: "far", purpose: "other", why: "" } as const;

/** What is written and erased where a flash differs from what the job wants in these bytes alone. */
const checkDifference = async (
  changed: readonly number[],
  wanted: { readonly programmed: number; readonly erased: number },
): Promise<void> => {
  const { board, virtual, since } = await connected(DONE);
  for (const address of changed) virtual.flash[address] = (virtual.flash[address] ?? 0) ^ 0x81;
  const { outcomes, sentBytes } = await board.run(smallJob);
  expect(statuses(outcomes)).toEqual(smallJob.regions.map(() => "verified"));
  expect(since()).toMatchObject(wanted);
  expect(sentBytes).toBeLessThanOrEqual(wanted.programmed);
  expect(Buffer.compare(virtual.flash, flashAfter(smallJob, virtual.flash))).toBe(0);
  await board.close();
};

test.each([
  { what: "nothing", changed: [], programmed: 0, erased: 0 },
  { what: "the table", changed: [0x8010], programmed: 0xc00, erased: 1 },
  { what: "a byte of otadata", changed: [0xe000], programmed: 0, erased: 2 },
  { what: "a sector of the app", changed: [0x12345], programmed: 0x1000, erased: 1 },
  { what: "two neighbouring sectors", changed: [0x12345, 0x13000], programmed: 0x2000, erased: 2 },
  { what: "two sectors far apart", changed: [0x11345, 0x18010], programmed: 0x2000, erased: 2 },
  { what: "the last byte of the app", changed: [0x10000 + SMALL_APP.length - 1], programmed: 4, erased: 1 },
  { what: "a sector of the filesystem", changed: [0x31000], programmed: 0, erased: 4 },
])("$what differs", ({ changed, programmed, erased }) => checkDifference(changed, { programmed, erased }));

test("a board where all is as it should be is asked once for each region", async () => {
  const { board, since } = await connected(DONE);
  await board.run(smallJob);
  expect(since()).toEqual({ programmed: 0, erased: 0, roundTrips: smallJob.regions.length });
  await board.close();
});

test("what is next to a region stays", async () => {
  const { board, virtual } = await connected(SMALL);
  const { sentBytes } = await board.run(smallJob);
  expect(Buffer.compare(virtual.flash, flashAfter(smallJob, OLD))).toBe(0);
  expect(sentBytes).toBe(smallJob.totalBytes);
  await board.close();
});

test("progress goes from nothing to everything and never back, whatever has to be done again", async () => {
  const { board } = await connected({ ...SMALL, faults: [{ kind: "drop", direction: "up", at: 15_000 }] });
  const seen: Progress[] = [];
  await board.run(smallJob, { onProgress: (progress) => seen.push(progress) });
  const total = smallJob.regions.reduce((sum, region) => sum + rangeOf(region).size, 0);
  const done = seen.map(({ doneBytes }) => doneBytes);
  expect(done).toEqual(done.toSorted((a, b) => a - b));
  expect(done.at(-1)).toBe(total);
  expect(new Set(seen.map(({ totalBytes }) => totalBytes))).toEqual(new Set([total]));
  expect(new Set(seen.map(({ phase }) => phase))).toEqual(new Set(["compare", "write", "erase", "verify"]));
  expect(new Set(seen.map(({ region }) => region))).toEqual(
    new Set(smallJob.regions.map(({ name }) => name)),
  );
  await board.close();
});

/** Does the job on a board whose flash keeps nothing in one place. */
const checkStuck = async (offset: number, size: number, wanted: readonly string[], text: RegExp) => {
  const { board, virtual } = await connected({ ...SMALL, faults: [{ kind: "stuck", offset, size }] });
  const fault = await faultOf(board.run(smallJob));
  expect(fault?.kind).toBe("not-verified");
  expect(statuses(fault?.outcomes ?? [])).toEqual(wanted);
  expect(fault?.message).toMatch(text);
  expect(
    Buffer.compare(virtual.flash.subarray(offset, offset + size), OLD.subarray(offset, offset + size)),
  ).toBe(0);
  await board.close();
};

test("a bootloader's table that does not stick is told", () =>
  checkStuck(
    0x8000,
    0x1000,
    ["different", "untouched", "untouched", "untouched"],
    /^The flash of the board does not keep what 'partition table' \(0x8000 to 0x8c00\) needs: after 3 attempts/,
  ));

test("a byte of the app that does not stick is told", () =>
  checkStuck(0x15000, 1, ["verified", "verified", "different", "untouched"], /'app' \(0x10000 to 0x19003\)/));

test("a filesystem that cannot be erased is told", () =>
  checkStuck(
    0x30000,
    0x100,
    ["verified", "verified", "verified", "different"],
    /Verified on the board: 'partition table', 'otadata', 'app'\. Done, but not as it should be: 'vfs'\. The board is likely to start/,
  ));

/** Stops at the n-th report of progress; afterwards the same board takes the job from there. */
const checkCancelled = async (reports: number): Promise<"cancelled" | "too late"> => {
  const { board, virtual } = await connected(SMALL);
  const stop = new AbortController();
  let left = reports;
  const onProgress = () => {
    left--;
    if (left === 0) stop.abort();
  };
  const fault = await faultOf(board.run(smallJob, { signal: stop.signal, onProgress }));
  if (fault) {
    expect(fault.kind).toBe("cancelled");
    expect(fault.message).toMatch(/^Stopped while .* Resume the job to finish it/);
  }
  await board.run(smallJob);
  expect(Buffer.compare(virtual.flash, flashAfter(smallJob, OLD))).toBe(0);
  await board.close();
  return fault ? "cancelled" : "too late";
};

test("a job can be stopped at every step, and goes on on the same connection", async () => {
  let steps = 1;
  while ((await checkCancelled(steps)) === "cancelled") steps++;
  expect(steps).toBeGreaterThan(10);
});

test("nothing is done for a task that was stopped before", async () => {
  const { board, since } = await connected(SMALL);
  const stopped = { signal: AbortSignal.abort() };
  const range = { address: 0, size: 0x1000 };
  for (const work of [
    () => board.run(smallJob, stopped),
    () => board.compare(smallJob, stopped),
    () => board.read(range, stopped),
    () => board.md5(range, stopped),
    () => board.state({ depth: "heads" }, stopped),
  ])
    expect((await faultOf(work()))?.kind).toBe("cancelled");
  expect(since().roundTrips).toBe(0);
  await board.close();
});

test("what goes beyond the flash is refused before anything is done", async () => {
  const { board, since } = await connected(SMALL);
  const job = appJob(pattern(SMALL_FLASH - 0x10000 + 1, 1));
  for (const work of [
    () => board.run(job),
    () => board.compare(job),
    () => board.read({ address: SMALL_FLASH, size: 1 }),
    () => board.md5({ address: 0, size: SMALL_FLASH + 1 }),
  ]) {
    const fault = await faultOf(work());
    expect(fault?.kind).toBe("refused");
    expect(fault?.message).toMatch(
      /reaches beyond the flash of the board, which has 256 KB and ends at 0x40000/,
    );
  }
  expect(since().roundTrips).toBe(0);
  await board.close();
});

/** Three bytes of an address reach 16 MB: behind them the flash begins again, and its MD5 is the one that is wanted. */
test.each([
  { chip: "esp32", refused: true },
  { chip: "esp32c6", refused: true },
  { chip: "esp32s3", refused: false },
] as const)("the second 16 MB of a flash on $chip", async ({ chip, refused }) => {
  const { board } = await connected({ chip, flashSize: 0x2000000 });
  expect(board.identity.flashSize).toBe(0x2000000);
  const range = { address: 0x1000000, size: 0x1000 };
  const fault = await faultOf(board.run(jobOf({ ...erased, ...range })));
  expect(fault?.kind).toBe(refused ? "refused" : undefined);
  expect(fault?.message ?? "").toMatch(refused ? /beyond the first 16 MB, and the ESP32/ : /^$/);
  expect((await faultOf(board.read(range)))?.kind).toBe(fault?.kind);
  await board.close();
});

test("comparing tells what differs and changes nothing", async () => {
  const { board, virtual, since } = await connected(DONE);
  virtual.flash[0x12345] = (virtual.flash[0x12345] ?? 0) ^ 1;
  expect(statuses(await board.compare(smallJob))).toEqual(["verified", "verified", "different", "verified"]);
  expect(since()).toMatchObject({ programmed: 0, erased: 0 });
  await board.close();
});

test("what the board's own programs fill from the start on is in use, not different", async () => {
  const blankStart = { kind: "erase", address: 0x2e000, size: 0x2000, name: "vfs", why: "" } as const;
  const job = jobOf({ ...blankStart, purpose: "filesystem", usedFromStart: true });
  const { board, virtual } = await connected(DONE);
  expect(statuses(await board.compare(job))).toEqual(["verified"]);
  virtual.flash[0x2e000] = 0;
  expect(statuses(await board.compare(job))).toEqual(["in use"]);
  expect(statuses((await board.run(job)).outcomes)).toEqual(["verified"]);
  await board.close();
});

const READ_RANGES: readonly [address: number, size: number][] = [
  [0, 1],
  [3, 5],
  [0xfff, 2],
  [0, 0x1000],
  [0x100, 0x11003],
  [0, SMALL_FLASH],
];

test.each(READ_RANGES)("reads from %i on %i bytes", async (address, size) => {
  const { board } = await connected(SMALL);
  const bytes = await board.read({ address, size });
  expect(Buffer.compare(bytes, OLD.subarray(address, address + size))).toBe(0);
  await board.close();
});

test("the whole flash is erased where it is not blank", async () => {
  const { board, virtual, since } = await connected({
    flashSize: SMALL_FLASH,
    flash: OLD.subarray(0, 0x8000),
  });
  const whole: JobRegion = {
    kind: "erase",
    address: 0,
    size: SMALL_FLASH,
    name: "whole flash",
    purpose: "other",
    why: "",
  };
  await board.run(jobOf(whole));
  expect(virtual.flash.every((byte) => byte === 0xff)).toBe(true);
  expect(since()).toMatchObject({ programmed: 0, erased: 0x10 });
  await board.close();
});

/** Two at once: each gets its own bytes. */
test("a board does one thing at a time", async () => {
  const { board } = await connected(SMALL);
  const ranges = [0, 0x4000, 0x100].map((address) => ({ address, size: 0x2000 }));
  const parts = await Promise.all(ranges.map((range) => board.read(range)));
  for (const [index, range] of ranges.entries())
    expect(Buffer.compare(parts[index] ?? OLD, OLD.subarray(range.address, range.address + range.size))).toBe(
      0,
    );
  await board.close();
});

const checkClosed = async (close: (board: Board) => Promise<unknown>, job: FlashJob): Promise<void> => {
  const { board, virtual } = await connected(SMALL);
  const fault = await faultOf(board.run(job, { onProgress: () => void close(board) }));
  expect(fault?.kind).toBe("lost");
  expect(fault?.outcomes.length).toBe(job.regions.length);
  expect((await faultOf(board.md5({ address: 0, size: 1 })))?.kind).toBe("lost");
  expect(virtual.port.readable).toBeNull();
};

test("a port that is closed under a job ends it at once", () =>
  checkClosed((board) => board.close(), smallJob));

test("after a restart the board runs what is in its flash, and the port is free", async () => {
  const { board, virtual } = await connected(SMALL);
  await board.restart();
  expect(virtual.running()).toBe("flash");
  expect(virtual.port.readable).toBeNull();
  await board.close();
});

test("an old board does not close the port of a new one", async () => {
  const { board, virtual } = await connected(SMALL);
  await board.close();
  const next = await connect(virtual.port);
  await board.close();
  expect(await next.md5({ address: 0, size: 0x1000 })).toMatch(/^[0-9a-f]{32}$/);
  await next.close();
});

import { deflateSync } from "node:zlib";
import { expect, test } from "vitest";
import { connectWith } from "../../../device/flasher/connect";
import { type BoardCounters, virtualBoard } from "../../../device/virtualBoard/board";
import { pattern } from "../../support/bytes";
import { esptoolJs } from "../clients/esptoolJs";
import { appJob } from "../support/jobs";
import { turnClock } from "../support/turnClock";

/**
 * What a job costs on the wire, in bytes and in the wire's own time: both are the same on every machine. Every packet
 * pays for its bytes and every answer for the latency, one after the other.
 */
const ADDRESS = 0x10000;

/** As long as MicroPython 1.23, and to a compressor much like it: two thirds of it are left. */
const APP = ((): Uint8Array => {
  const bytes = pattern(1_672_800, 7);
  for (let at = 0; at < bytes.length; at += 0x1000) bytes.fill(0, at, at + 0x540);
  return bytes;
})();
const COMPRESSED = deflateSync(APP, { level: 9 }).length;
const JOB = appJob(APP);

interface Line {
  readonly baudRate: number;
  readonly latency: number;
}

interface Costs {
  readonly connect: BoardCounters;
  readonly write: BoardCounters;
  readonly unchanged: BoardCounters;
  readonly oneSector: BoardCounters;
  readonly read: BoardCounters;
}

const between = (before: BoardCounters, after: BoardCounters): BoardCounters => ({
  up: after.up - before.up,
  down: after.down - before.down,
  roundTrips: after.roundTrips - before.roundTrips,
  elapsed: after.elapsed - before.elapsed,
  programmedBytes: after.programmedBytes - before.programmedBytes,
  erasedSectors: after.erasedSectors - before.erasedSectors,
  resets: after.resets - before.resets,
});

const costsOf = async ({ baudRate, latency }: Line): Promise<Costs> => {
  const board = virtualBoard({ wire: { latency } });
  const connect = connectWith(turnClock(() => board.counters().elapsed));
  const connected = await connect(board.port, { baudRate });
  const marks = [board.counters()];
  const mark = async (work: Promise<unknown>) => {
    await work;
    const before = marks.at(-1);
    marks.push(board.counters());
    return between(before ?? board.counters(), board.counters());
  };
  const connectCost = board.counters();
  const write = await mark(connected.run(JOB));
  const unchanged = await mark(connected.run(JOB));
  board.flash[ADDRESS + 700_000] = (board.flash[ADDRESS + 700_000] ?? 0) ^ 1;
  const oneSector = await mark(connected.run(JOB));
  const read = await mark(connected.read({ address: ADDRESS, size: 0x40000 }));
  await connected.close();
  return { connect: connectCost, write, unchanged, oneSector, read };
};

const bytesOf = ({ up, down }: BoardCounters): number => up + down;

/** Milliseconds that so many bytes take when nothing else is on the line. */
const lineTime = (bytes: number, { baudRate }: Line): number => (bytes * 10_000) / baudRate;

const LINES: readonly Line[] = [
  { baudRate: 115200, latency: 1 },
  { baudRate: 115200, latency: 4 },
  { baudRate: 921600, latency: 1 },
  { baudRate: 921600, latency: 4 },
];

test.each(LINES)("at $baudRate bits per second with a latency of $latency ms", async (line) => {
  const { connect, write, unchanged, oneSector, read } = await costsOf(line);
  expect(lineTime(COMPRESSED, line) / write.elapsed).toBeGreaterThan(0.95);
  expect(unchanged.programmedBytes).toBe(0);
  expect(bytesOf(unchanged) / bytesOf(write)).toBeLessThan(0.0001);
  expect(unchanged.elapsed / write.elapsed).toBeLessThan(0.001);
  expect((bytesOf(connect) + bytesOf(unchanged)) / (bytesOf(connect) + bytesOf(write))).toBeLessThan(0.02);
  expect(oneSector.programmedBytes).toBe(0x1000);
  expect(oneSector.elapsed / write.elapsed).toBeLessThan(0.03);
  expect(lineTime(0x40000, line) / read.elapsed).toBeGreaterThan(0.9);
});

test("a whole write sends no more than esptool-js sends for it, connecting included", async () => {
  const { connect, write } = await costsOf({ baudRate: 460800, latency: 1 });
  const board = virtualBoard();
  const client = await esptoolJs(board.port);
  await client.connect();
  await client.write(ADDRESS, APP);
  expect(connect.up + write.up).toBeLessThanOrEqual(board.counters().up);
  await client.close();
});

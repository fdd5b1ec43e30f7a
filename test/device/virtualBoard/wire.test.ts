import { expect, test } from "vitest";
import { virtualBoard } from "../../../device/virtualBoard/board";
import { wire } from "../../../device/virtualBoard/wire";
import { words } from "../../support/bytes";
import { openStub } from "../support/protocolClient";

test.each([
  { what: "ten bits a byte", model: {}, steps: [["up", 1152]], elapsed: 100, roundTrips: 0 },
  {
    what: "both directions cost",
    model: {},
    steps: [
      ["up", 1152],
      ["down", 576],
    ],
    elapsed: 150,
    roundTrips: 1,
  },
  {
    what: "an answer waits for the latency, its continuation does not",
    model: { latency: 4 },
    steps: [
      ["up", 1152],
      ["down", 576],
      ["down", 576],
    ],
    elapsed: 204,
    roundTrips: 1,
  },
  {
    what: "what the board says by itself is no answer",
    model: { latency: 4 },
    steps: [["down", 1152]],
    elapsed: 100,
    roundTrips: 0,
  },
  {
    what: "a line with a rate of its own",
    model: { bitsPerSecond: 1_152_000 },
    steps: [["up", 1152]],
    elapsed: 10,
    roundTrips: 0,
  },
] as const)("$what", ({ model, steps, elapsed, roundTrips }) => {
  const line = wire(model);
  for (const [direction, bytes] of steps) line.carry(direction, bytes, 115200);
  expect(line.counters().elapsed).toBeCloseTo(elapsed);
  expect(line.counters().roundTrips).toBe(roundTrips);
});

test("the board counts what goes over its line, at the rate of the port", async () => {
  const board = virtualBoard({ wire: { latency: 2 } });
  const client = await openStub(board.port);
  const before = board.counters();
  await client.command(0xd1, words(0, 0x1000));
  const after = board.counters();
  expect(after.up - before.up).toBe(18);
  expect(after.down - before.down).toBe(12);
  expect(after.roundTrips - before.roundTrips).toBe(1);
  expect(after.elapsed - before.elapsed).toBeCloseTo(((18 + 12) * 10_000) / 115200 + 2);
  expect(after.erasedSectors - before.erasedSectors).toBe(1);
  await client.close();
});

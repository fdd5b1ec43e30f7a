import { expect, test } from "vitest";
import type { BoardFaultKind } from "../../../device/flasher/fault";
import { virtualBoard } from "../../../device/virtualBoard/board";
import type { Fault, LineFault } from "../../../device/virtualBoard/faults";
import { COMMAND } from "../../../device/virtualBoard/packet";
import { pattern } from "../../support/bytes";
import { checkFaultyRun, connect, type Ending } from "../support/faultRun";
import { jobOf, SMALL_FLASH, smallJob } from "../support/jobs";
import { recordRun, type SentPacket } from "../support/packetStarts";

/** Nothing is blank, and nothing is as the job wants it. */
const start = { flash: pattern(SMALL_FLASH, 9), flashSize: SMALL_FLASH };
const recording = await recordRun(smallJob, start);

/** Every fault alone; each may end in one of these ways. Gives how many ended in which. */
const checkSweep = async (
  faults: readonly Fault[],
  endings: readonly Ending[],
): Promise<ReadonlyMap<Ending, number>> => {
  const found = new Map<Ending, number>();
  for (const fault of faults) {
    const ending = await checkFaultyRun(smallJob, { ...start, faults: [fault] });
    expect(endings, JSON.stringify(fault)).toContain(ending);
    found.set(ending, (found.get(ending) ?? 0) + 1);
  }
  expect(faults.length).toBeGreaterThan(0);
  return found;
};

const middleOf = ({ at, size }: SentPacket): number => at + Math.floor(size / 2);
const upAt = (kind: "disconnect" | "reset", at: number): Fault => ({ kind, direction: "up", at });
const downAt = (kind: "disconnect" | "reset", at: number): Fault => ({ kind, direction: "down", at });

/** xorshift32 */
const seeded = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
};

/** One place in each of so many equal parts, the first one at the very beginning; always the same ones. */
const spread = (from: number, to: number, count: number): readonly number[] => {
  const random = seeded(count * 1000 + 1);
  const part = (to - from) / count;
  return Array.from({ length: count }, (_, index) =>
    Math.floor(from + part * index + (index === 0 ? 0 : random(Math.max(1, Math.floor(part))))),
  );
};

const CHANGING: readonly number[] = [COMMAND.flashDeflBegin, COMMAND.flashDeflData, COMMAND.eraseRegion];
const changing = recording.running.filter(({ command }) => CHANGING.includes(command));
/** Those that change flash, and of the others every third: half of a question leaves the same as none of it. */
const telling = recording.running.filter((packet, index) => changing.includes(packet) || index % 3 === 0);

test("the cable is pulled in front of every packet of the job", async () => {
  const faults = recording.running.map(({ at }) => upAt("disconnect", at));
  const endings = await checkSweep(faults, ["lost"]);
  expect(endings.get("lost")).toBe(recording.running.length);
});

test("the cable is pulled in the middle of the packets of the job", () =>
  checkSweep(
    telling.map((packet) => upAt("disconnect", middleOf(packet))),
    ["lost"],
  ));

test("the board resets in the middle of the packets of the job", () =>
  checkSweep(
    telling.map((packet) => upAt("reset", middleOf(packet))),
    ["interrupted"],
  ));

const { from, to } = recording.down;

test("the cable is pulled while the board answers", () =>
  checkSweep(
    spread(from, to, 8).map((at) => downAt("disconnect", at)),
    ["lost"],
  ));

/** Its answer was there already when it reset behind the last one. */
test("the board resets while it answers", () =>
  checkSweep(
    spread(from, to, 8).map((at) => downAt("reset", at)),
    ["interrupted"],
  ));

test("the cable is pulled while the board is connected", () =>
  checkSweep(
    recording.connecting
      .filter((_, index) => index % 4 === 0)
      .map((packet) => upAt("disconnect", middleOf(packet))),
    ["lost", "gone"],
  ));

test("a board that resets while it is connected is reached again", async () => {
  const faults = recording.connecting
    .filter((_, index) => index % 4 === 2)
    .map((packet) => upAt("reset", middleOf(packet)));
  await checkSweep(faults, ["verified"]);
});

const first = recording.running[0]?.at ?? 0;
const last = recording.running.at(-1);
const end = last ? last.at + last.size : 0;
const OUTCOMES: readonly (BoardFaultKind | "verified")[] = ["verified", "interrupted", "not-verified"];

const randomFaults = (
  kind: "drop" | "corrupt",
  direction: "up" | "down",
  count: number,
): readonly LineFault[] => {
  const random = seeded(kind.length * 1000 + direction.length);
  const [low, high] = direction === "up" ? [first, end] : [from, to];
  return Array.from({ length: count }, () => ({
    kind,
    direction,
    at: low + random(high - low),
    count: 1 + random(3),
  }));
};

test.each([
  { kind: "drop", direction: "up" },
  { kind: "drop", direction: "down" },
  { kind: "corrupt", direction: "up" },
  { kind: "corrupt", direction: "down" },
] as const)("bytes of a job at random: $kind $direction", async ({ kind, direction }) => {
  // Two bytes that are damaged alike slip through the checksum of a block, and its region is not as wanted at first.
  const slips = kind === "corrupt" && direction === "up";
  const allowed: readonly Ending[] = slips ? ["verified", "interrupted"] : ["verified"];
  const endings = await checkSweep(randomFaults(kind, direction, 12), allowed);
  expect(endings.get("verified")).toBeGreaterThanOrEqual(slips ? 8 : 12);
});

/** Who the board is must come out right, or nothing is done. */
test.each([
  { direction: "up", last: first },
  { direction: "down", last: from },
] as const)(
  "bytes are damaged on the way $direction while the board is connected",
  async ({ direction, last }) => {
    const faults = spread(0, last, 8).map((at): Fault => ({ kind: "corrupt", direction, at, count: 2 }));
    await checkSweep(faults, ["verified", "no-answer", "refused"]);
  },
);

test("an answer comes too late", async () => {
  const faults = spread(from, to, 10).map(
    (at): Fault => ({ kind: "delay", direction: "down", at, milliseconds: 4000 }),
  );
  await checkSweep(faults, ["verified"]);
});

/** What was asked for last is done all the same, and nobody hears of it. */
test("nobody answers any more from a command on that changes flash", () =>
  checkSweep(
    changing.map(({ answerAt: at }): Fault => ({ kind: "drop", direction: "down", at, count: Infinity })),
    ["interrupted"],
  ));

/** Commands carry no checksum: an address that was damaged on the way is written or erased. */
test("a damaged command is never told as something else", () => {
  const begun = changing.filter(({ command }) => command !== COMMAND.flashDeflData);
  // All bytes of one of each kind, and of the others some.
  const whole = [COMMAND.flashDeflBegin, COMMAND.eraseRegion].map((kind) =>
    begun.find(({ command }) => command === kind),
  );
  const random = seeded(7);
  const places = begun.flatMap((packet) =>
    whole.includes(packet)
      ? Array.from({ length: packet.size }, (_, index) => packet.at + index)
      : [packet.at + random(packet.size), packet.at + random(packet.size)],
  );
  const faults = places.map((at): Fault => ({ kind: "corrupt", direction: "up", at }));
  return checkSweep(faults, OUTCOMES);
});

/** Reads a range on a line where something goes wrong: what comes is right. */
const checkFaultyRead = async (fault: Fault): Promise<void> => {
  const board = virtualBoard({ ...start, faults: [fault] });
  const connected = await connect(board.port);
  const bytes = await connected.read({ address: 0x100, size: 0x5432 });
  expect(Buffer.compare(bytes, start.flash.subarray(0x100, 0x5532))).toBe(0);
  await connected.close();
};

test.each(["corrupt", "drop", "delay"] as const)("flash is read right although bytes %s", async (kind) => {
  for (const at of spread(from, from + 0x5500, 6)) await checkFaultyRead({ kind, direction: "down", at });
});

test.each(["corrupt", "drop"] as const)("flash is read right although acknowledgements %s", async (kind) => {
  for (const at of spread(first, first + 100, 6)) await checkFaultyRead({ kind, direction: "up", at });
});

/** One byte of the address of the second region, damaged as this line damages bytes, leads into the first. */
const neighbours = jobOf(
  { kind: "write", address: 0x12000, name: "first", purpose: "app", why: "", bytes: pattern(0x4000, 5) },
  { kind: "write", address: 0x16000, name: "second", purpose: "app", why: "", bytes: pattern(0x2000, 6) },
);
/** Behind the frame, the header, and three words. */
const ADDRESS_AT = 1 + 8 + 12 + 1;

test("what was verified is asked again when a write that went astray may have hit it", async () => {
  const faults: Fault[] = [];
  const endings: Ending[] = [];
  for (let attempt = 1; attempt <= 3; attempt++) {
    const { running } = await recordRun(neighbours, { ...start, faults });
    const begun = running.filter(({ command }) => command === COMMAND.flashDeflBegin).at(-1);
    faults.push({ kind: "corrupt", direction: "up", at: (begun?.at ?? 0) + ADDRESS_AT });
    endings.push(await checkFaultyRun(neighbours, { ...start, faults }));
  }
  expect(endings).toEqual(["interrupted", "interrupted", "not-verified"]);
});

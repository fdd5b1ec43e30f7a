import fc from "fast-check";
import { expect, test } from "vitest";
import { type FlashRange, rangeEnd, SECTOR } from "../../../core/job/range";
import {
  bundleSize,
  type Costs,
  type Group,
  gapSize,
  groupSize,
  pieces,
  runsOf,
  samples,
} from "../../../device/flasher/differences";

/** 60 bytes a question, and two thirds of a byte for each byte of flash. */
const line = (baudRate: number, latency: number): Costs => ({
  question: 600 / baudRate + latency / 1000,
  byte: 6.7 / baudRate,
});

const SIZES: readonly { what: string; size: number; costs: Costs; group: number }[] = [
  { what: "an app at 115200", size: 1_600_000, costs: line(115200, 1), group: 0x1000 },
  { what: "an app at 921600", size: 1_600_000, costs: line(921600, 4), group: 0x1000 },
  { what: "an app over a slow bridge", size: 1_600_000, costs: line(921600, 16), group: 0x2000 },
  { what: "a flash of 16 MB at 921600", size: 0x1000000, costs: line(921600, 16), group: 0x8000 },
  { what: "a table", size: 0xc00, costs: line(921600, 16), group: 0x1000 },
  { what: "dear questions", size: 0x1000000, costs: { question: 60, byte: 1e-6 }, group: 0x40000 },
];

test.each(SIZES)("the groups of $what", ({ size, costs, group }) =>
  expect(groupSize(size, costs)).toBe(group),
);

/** What a job costs with four places that differ, in seconds. */
const costOf = (size: number, group: number, { question, byte }: Costs): number =>
  (size / bundleSize(group)) * question + 4 * ((bundleSize(group) / group) * question + (group / 2) * byte);

test("no other size of groups would be cheaper by much", () => {
  for (const { size, costs } of SIZES.filter(({ what }) => !what.startsWith("dear"))) {
    const chosen = costOf(size, groupSize(size, costs), costs);
    for (let group = SECTOR; group <= 0x40000; group *= 2)
      expect(chosen).toBeLessThan(1.1 * costOf(size, group, costs));
  }
});

const range = (address: number, size: number): FlashRange => ({ address, size });

test.each([
  {
    whole: range(0, 0x3000),
    unit: 0x1000,
    cut: [range(0, 0x1000), range(0x1000, 0x1000), range(0x2000, 0x1000)],
  },
  { whole: range(0x9000, 0x8000), unit: 0x10000, cut: [range(0x9000, 0x7000), range(0x10000, 0x1000)] },
  { whole: range(0x8000, 0xc00), unit: 0x1000, cut: [range(0x8000, 0xc00)] },
  { whole: range(0x10000, 0x1001), unit: 0x1000, cut: [range(0x10000, 0x1000), range(0x11000, 1)] },
])("pieces of $unit bytes", ({ whole, unit, cut }) => expect(pieces(whole, unit)).toEqual(cut));

test("samples lie all over the range, with both ends", () => {
  expect(samples(range(0x10000, 0x100000)).map(({ address }) => address)).toEqual([
    0x10000, 0x50000, 0x90000, 0xcf000, 0x10f000,
  ]);
  expect(samples(range(0x8000, 0xc00))).toEqual([range(0x8000, 0xc00)]);
  expect(samples(range(0x8000, 0x2001))).toEqual([
    range(0x8000, 0x1000),
    range(0x9000, 0x1000),
    range(0xa000, 1),
  ]);
});

const group = (address: number, size: number, same: boolean): Group => ({ address, size, same });

const checkRuns = (flags: string, gap: number, wanted: readonly string[]) => {
  const groups = [...flags].map((flag, index) => group(index * 0x1000, 0x1000, flag === "="));
  const found = runsOf(groups, gap).map((run) => `${run.address / 0x1000}-${rangeEnd(run) / 0x1000}`);
  expect(found).toEqual(wanted);
};

test.each([
  { flags: "====", gap: 0, wanted: [] },
  { flags: "xxxx", gap: 0, wanted: ["0-4"] },
  { flags: "=xx=x", gap: 0, wanted: ["1-3", "4-5"] },
  { flags: "=xx=x", gap: 0x0fff, wanted: ["1-3", "4-5"] },
  { flags: "=xx=x", gap: 0x1000, wanted: ["1-5"] },
  { flags: "x==x=x", gap: 0x1000, wanted: ["0-1", "3-6"] },
])("runs of $flags with gaps of $gap", ({ flags, gap, wanted }) => checkRuns(flags, gap, wanted));

test("a gap is sent along where that is cheaper than to begin anew", () =>
  expect(gapSize({ question: 0.005, byte: 0.000001 })).toBe(5000));

test("runs hold everything that differs, in order, apart, and nothing outside of it", () => {
  const flags = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(flags, fc.nat(0x5000), (same, gap) => {
      const groups = same.map((flag, index) => group(index * 0x1000, 0x1000, flag));
      const runs = runsOf(groups, gap);
      const inRun = ({ address, size }: FlashRange) =>
        runs.some((run) => run.address <= address && rangeEnd(run) >= address + size);
      for (const each of groups) if (!each.same) expect(inRun(each)).toBe(true);
      for (const run of runs) {
        expect(groups.find(({ address }) => address === run.address)?.same).toBe(false);
        expect(groups.find((each) => rangeEnd(each) === rangeEnd(run))?.same).toBe(false);
      }
      for (const [index, run] of runs.entries())
        expect(run.address - rangeEnd(runs[index - 1] ?? range(-gap - 2, 1))).toBeGreaterThan(gap);
    }),
  );
});

import { expect, test } from "vitest";
import { inTurns } from "../../server/simulation/turns";

function* counting(steps: number): Generator<number, string> {
  for (let step = 1; step <= steps; step++) yield step;
  return "counted";
}

const impatient = { slice: 0, pause: 0, isCancelled: () => false };

test("others have their turn between two slices", async () => {
  const events: string[] = [];
  const other = (turn: number): void => {
    events.push(`other ${turn}`);
    if (turn < 3) setTimeout(() => other(turn + 1));
  };
  setTimeout(() => other(1));
  const tell = (step: number) => void events.push(`step ${step}`);
  expect(await inTurns(counting(3), { ...impatient, tell })).toBe("counted");
  expect(events.slice(0, 4)).toEqual(["step 1", "other 1", "step 2", "other 2"]);
});

test("the first progress is told at once, and then only now and then", async () => {
  const told: number[] = [];
  const tell = (step: number) => void told.push(step);
  await inTurns(counting(50), { ...impatient, pause: Number.POSITIVE_INFINITY, tell });
  expect(told).toEqual([1]);
});

test("what is cancelled ends before its next step", async () => {
  const told: number[] = [];
  const tell = (step: number) => void told.push(step);
  const isCancelled = () => told.includes(2);
  expect(await inTurns(counting(9), { ...impatient, isCancelled, tell })).toBeUndefined();
  expect(told).toEqual([1, 2]);
});

import { expect, test } from "vitest";
import { type Fresh, keepFresh } from "../../client/editor/fresh";

interface Reading {
  readonly resolve: (value: string) => void;
  readonly reject: (error: Error) => void;
}

/** Readings that end when they are told to. */
function readings() {
  const under: Reading[] = [];
  const told: unknown[] = [];
  const fresh: Fresh<string> = keepFresh(
    () => new Promise((resolve, reject) => void under.push({ resolve, reject })),
    (value) => void told.push(value),
    (error) => void told.push(error),
  );
  const settle = async (end: (reading: Reading) => void): Promise<void> => {
    const last = under.at(-1);
    if (last) end(last);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return {
    fresh,
    told,
    count: () => under.length,
    ends: (value: string) => settle(({ resolve }) => resolve(value)),
    fails: (error: Error) => settle(({ reject }) => reject(error)),
  };
}

test("what changes during the first reading is in the first value", async () => {
  const { fresh, told, count, ends } = readings();
  fresh.changed();
  fresh.changed();
  await ends("old");
  await ends("new");
  expect(await fresh.first).toBe("new");
  expect([count(), told]).toEqual([2, []]);
});

test("what changes later is told, read once however often it changes meanwhile", async () => {
  const { fresh, told, count, ends } = readings();
  await ends("first");
  fresh.changed();
  for (let times = 0; times < 5; times++) fresh.changed();
  expect(count()).toBe(2);
  await ends("stale");
  await ends("fresh");
  expect([count(), told]).toEqual([3, ["fresh"]]);
});

test("a reading that fails is told, and the next change is read", async () => {
  const { fresh, told, ends, fails } = readings();
  await ends("first");
  const lost = new Error("The disk is gone.");
  fresh.changed();
  await fails(lost);
  fresh.changed();
  await ends("back");
  expect(told).toEqual([lost, "back"]);
});

test("a failure is no news where something has changed meanwhile", async () => {
  const { fresh, told, ends, fails } = readings();
  fresh.changed();
  await fails(new Error("It was just being written."));
  await ends("whole");
  expect(await fresh.first).toBe("whole");
  expect(told).toEqual([]);
});

test("a first reading that fails is told to whoever waits for it", async () => {
  const { fresh, told, fails } = readings();
  const waiting = expect(fresh.first).rejects.toThrow("The disk is gone.");
  await fails(new Error("The disk is gone."));
  await waiting;
  expect(told).toEqual([]);
});

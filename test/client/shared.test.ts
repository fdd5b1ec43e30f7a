import { expect, test } from "vitest";
import { shared } from "../../client/editor/shared";

/** Things that are open while somebody uses them; the names in `broken` cannot be opened. */
function things(broken: readonly string[] = []) {
  const events: string[] = [];
  const failing = new Set(broken);
  const open = shared(async (name: string) => {
    if (failing.has(name)) throw new Error(`${name} is broken.`);
    events.push(`open ${name}`);
    return { dispose: () => events.push(`close ${name}`) };
  });
  return { open, events, repair: () => failing.clear() };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("the first user opens it, and the last one closes it", async () => {
  const { open, events } = things();
  const [one, two, other] = [open("a"), open("a"), open("b")];
  expect(await one.opened).toBe(await two.opened);
  one.end();
  other.end();
  await settled();
  expect(events).toEqual(["open a", "open b", "close b"]);
  two.end();
  await settled();
  open("a");
  expect(events.slice(3)).toEqual(["close a", "open a"]);
});

test("it is closed though it was still being opened when the last user left", async () => {
  const { open, events } = things();
  open("a").end();
  await settled();
  expect(events).toEqual(["open a", "close a"]);
});

test("what could not be opened is tried anew, and whoever leaves it late closes nothing", async () => {
  const { open, events, repair } = things(["a"]);
  const early = open("a");
  await expect(early.opened).rejects.toThrow("a is broken.");
  repair();
  const late = open("a");
  await late.opened;
  early.end();
  await settled();
  expect(events).toEqual(["open a"]);
  expect(await open("a").opened).toBe(await late.opened);
});

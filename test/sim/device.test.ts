import { describe, expect, it } from "vitest";
import { blankEntry, OtaState, otaEntry } from "../../core/ota/otadata";
import { type DeviceSetup, type Run, runDevice } from "../../core/sim/device";
import { erase, isProtected, log, restart, running, wait, write } from "../../core/sim/effect";
import { erasesAt, readFlash, withStuckSector } from "../../core/sim/flash/flash";
import { blank } from "../support/bytes";
import { makeApp } from "../support/imageFixture";
import {
  type FlashFixture,
  makeFlash,
  makeSetup,
  OTADATA,
  SLOT_0,
  stateOf,
  VFS,
} from "./support/deviceFixture";
import { filler, inSlot0, type Toy, withToy } from "./support/toys";

const runToy = (toy: Toy, rest: Partial<DeviceSetup> = {}): Run =>
  runDevice(withToy(toy, rest), stateOf(makeFlash(inSlot0)));

describe("a device lives from reset to reset", () => {
  const run = runToy(filler);

  it("until its program has nothing left to do", () => {
    expect(run).toMatchObject({ end: "idle", app: "repartitioner", offset: SLOT_0 });
    expect(run.lives.map(({ number, end, firstOperation }) => [number, end, firstOperation])).toEqual([
      [0, "restart", 0],
      [1, "restart", 2],
      [2, "restart", 4],
      [3, "restart", 6],
      [4, "idle", 8],
    ]);
    expect(erasesAt(run.state.flash, VFS)).toBe(1);
  });

  it("and every operation is known by its place, step, app and life", () => {
    expect(run.operations.slice(2, 4)).toMatchObject([
      {
        index: 2,
        op: "erase",
        offset: VFS + 0x1000,
        size: 0x1000,
        bytes: undefined,
        step: "copy-to-runner",
        app: "repartitioner",
        life: 1,
      },
      {
        index: 3,
        op: "write",
        offset: VFS + 0x1000,
        size: 0x1000,
        step: "copy-to-runner",
        app: "repartitioner",
        life: 1,
      },
    ]);
    const times = run.operations.map(({ milliseconds }) => milliseconds);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(times[1]).toBe((times[0] ?? 0) + 45);
  });

  it("and every line by who said it and when", () => {
    expect(run.log.find(({ text }) => text.includes("sector=1"))).toMatchObject({
      app: "repartitioner",
      life: 1,
      step: "copy-to-runner",
      operation: 2,
    });
    expect(
      run.log.filter(({ text }) => text.includes("2nd stage bootloader")).map(({ app, life }) => [app, life]),
    ).toEqual([0, 1, 2, 3, 4].map((life) => ["bootloader", life]));
  });

  it("and without a log it does the same", () => {
    const quiet = runDevice(withToy(filler), stateOf(makeFlash(inSlot0)), { record: { log: false } });
    expect(quiet.log).toEqual([]);
    expect(quiet.operations).toEqual(run.operations);
  });
});

describe("how a run ends", () => {
  const flash = (fixture: FlashFixture) => stateOf(makeFlash(fixture));
  const forEver: Toy = function* () {
    for (;;) yield* wait(1000);
  };
  const busy: Toy = function* () {
    for (;;) yield* running();
  };
  const restarts: Toy = function* () {
    yield* restart();
  };
  /** Comes back to where it was after two lives. */
  const circles: Toy = function* () {
    if ((yield { kind: "is-blank", offset: VFS, size: 0x1000 }) === true) yield* write(VFS, Uint8Array.of(0));
    else yield* erase(VFS, 0x1000);
    yield* restart();
  };
  let seed = 0;
  const wanders: Toy = function* () {
    yield* write(VFS + seed++, Uint8Array.of(0));
    yield* restart();
  };

  it.each<[string, Toy, Run["end"], number]>([
    ["a program that only waits", forEver, "waiting", 1],
    ["a program that never stops", busy, "limit", 1],
    ["a program that only restarts", restarts, "waiting", 1],
    ["a program that goes round in circles", circles, "waiting", 2],
    ["a program that always finds something new", wanders, "limit", 5],
  ])("%s", (_, toy, end, lives) => {
    const run = runToy(toy, { limits: { lives: 5, effects: 1000 } });
    expect([run.end, run.lives.length]).toEqual([end, lives]);
  });

  it.each<[string, FlashFixture, Run["end"]]>([
    ["no app", {}, "no-boot"],
    ["no bootloader", { ...inSlot0, bootloader: blank(16) }, "no-boot"],
    ["an app that nobody knows", { apps: [[SLOT_0, makeApp()]] }, "unknown-app"],
  ])("%s", (_, fixture, end) =>
    expect(runDevice(makeSetup(), flash(fixture))).toMatchObject({ end, app: undefined }),
  );

  it("a bootloader that gives up a trial and then finds nothing has written it, and tries again", () => {
    const setup = makeSetup({}, { kind: "rollback", idfVersion: "v4.4.4" });
    const run = runDevice(setup, flash({ otadata: [otaEntry(1, OtaState.pendingVerify), blankEntry] }));
    expect(run.lives.map(({ end }) => end)).toEqual(["no-boot", "no-boot"]);
    expect(run.operations.map(({ app, offset }) => [app, offset])).toEqual([
      ["bootloader", OTADATA],
      ["bootloader", OTADATA],
    ]);
  });

  it("misuse of flash is a bug of the program, and not an end", () => {
    const wrong: Toy = function* () {
      yield* erase(VFS + 1, 0x1000);
    };
    expect(() => runToy(wrong)).toThrow(RangeError);
  });
});

describe("what a program is told", () => {
  const told: Toy = function* ({ offset, image, chip, enter }) {
    enter("check-device");
    yield* log(`${yield* running()} ${offset} ${image.kind} ${chip.id} ${yield* isProtected()}`);
    yield* erase(VFS, 0x1000);
  };
  const line = (run: Run): string | undefined => run.log.at(-1)?.text;

  it("is where and on what it runs", () => {
    const run = runToy(told);
    expect(line(run)).toBe(`${SLOT_0} ${SLOT_0} repartitioner esp32 false`);
    expect(run.operations[0]?.step).toBe("check-device");
    expect(line(runToy(told, { isProtected: true }))).toContain("true");
  });

  it("is that an operation worked, even where a sector is stuck", () => {
    let answer: unknown;
    const asks: Toy = function* () {
      answer = yield* erase(VFS, 0x1000);
    };
    const full = makeFlash({ ...inSlot0, apps: [...(inSlot0.apps ?? []), [VFS, new Uint8Array(4)]] });
    const run = runDevice(withToy(asks), stateOf(withStuckSector(full, VFS)));
    expect(answer).toBe(true);
    expect(readFlash(run.state.flash, VFS, 4)).toEqual(new Uint8Array(4));
  });
});

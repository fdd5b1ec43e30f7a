import { describe, expect, it } from "vitest";
import { OtaState, otaEntry } from "../../core/ota/otadata";
import { type Cut, type CutPoint, runDevice, stateAfterCut } from "../../core/sim/device";
import { cutPoints } from "../../core/sim/driver/cut";
import { connect, erase, fetchOpen, fetchRead, log, restart, write } from "../../core/sim/effect";
import { sameContent } from "../../core/sim/flash/flash";
import {
  type FlashFixture,
  images,
  makeFlash,
  makeSetup,
  SLOT_0,
  SLOT_1,
  stateOf,
  VFS,
} from "./support/deviceFixture";
import { filler, inSlot0, type Toy, withToy } from "./support/toys";

describe("power that fails", () => {
  const before = stateOf(makeFlash(inSlot0));
  const setup = withToy(filler);
  const recorded = runDevice(setup, before, { record: { states: true } });

  it.each(cutPoints)("%s: the run goes on from what is left, and so does a recorded one", (at: CutPoint) => {
    for (let operation = 0; operation < recorded.operations.length; operation++) {
      const cut: Cut = { operation, at, seed: operation };
      const run = runDevice(setup, before, { cut });
      const state = stateAfterCut(recorded, cut);
      const cutLife = run.lives.find(({ end }) => end === "cut");
      expect(cutLife?.number).toBe(Math.floor(operation / 2));
      expect(run.end).toBe("idle");
      expect(run.operations[operation]).toEqual(recorded.operations[operation]);
      const recovered = runDevice(setup, state);
      expect(sameContent(recovered.state.flash, run.state.flash)).toBe(true);
      expect(recovered.operations.length).toBe(run.operations.length - operation - 1);
    }
  });

  it("before an operation it changed nothing, after it all of it", () => {
    const states = [...recorded.states, recorded.state];
    for (let operation = 0; operation < recorded.operations.length; operation++) {
      const flashes = (["before", "after"] as const).map(
        (at) => stateAfterCut(recorded, { operation, at }).flash,
      );
      expect(flashes[0] && sameContent(flashes[0], states[operation]?.flash ?? before.flash)).toBe(true);
      expect(flashes[1] && sameContent(flashes[1], states[operation + 1]?.flash ?? before.flash)).toBe(true);
    }
  });

  it("in a bootloader too: an update whose trial was being written down may be lost, the device is not", () => {
    const otadata = [otaEntry(1), otaEntry(2, OtaState.new)] as const;
    const fixture: FlashFixture = {
      apps: [
        [SLOT_0, images.firmware.bytes],
        [SLOT_1, images.repartitioner.bytes],
      ],
      otadata,
    };
    const rollback = makeSetup({ firmware: function* () {} }, { kind: "rollback", idfVersion: "v4.4.4" });
    const apps = cutPoints.map(
      (at) => runDevice(rollback, stateOf(makeFlash(fixture)), { cut: { operation: 0, at } }).app,
    );
    expect(apps).toEqual(["repartitioner", expect.any(String), "firmware", "firmware", "firmware"]);
    const written = cutPoints.map((at) =>
      runDevice(rollback, stateOf(makeFlash(fixture)), { cut: { operation: 1, at } }),
    );
    expect(written.map(({ lives }) => lives.at(0)?.end)).toEqual(cutPoints.map(() => "cut"));
    expect(written.map(({ end }) => end)).toEqual(cutPoints.map(() => "idle"));
  });

  it("takes the network with it, but the server remembers", () => {
    const asks: Toy = function* () {
      yield* connect();
      const offer = yield* fetchOpen("micropython", 0);
      yield* log(`status ${offer?.status}`);
      yield* erase(VFS, 0x1000);
      yield* log(`bytes ${(yield* fetchRead(16))?.length}`);
    };
    const run = runDevice(
      withToy(asks),
      stateOf(makeFlash(inSlot0), { faults: [{ kind: "not-found", requests: 1 }] }),
      { cut: { operation: 0, at: "after" } },
    );
    expect(run.log.filter(({ app }) => app === "repartitioner").map(({ text }) => text)).toEqual([
      "status 404",
      "status 200",
      "bytes 16",
    ]);
    expect(run.lives.map(({ end }) => end)).toEqual(["cut", "idle"]);
  });

  it("leads back to a state that was there before, and the run goes on from it", () => {
    const writesThenErases: Toy = function* () {
      const isBlank = yield { kind: "is-blank", offset: VFS, size: 0x1000 };
      if (isBlank === true) yield* write(VFS, Uint8Array.of(0));
      else yield* erase(VFS, 0x1000);
      if (isBlank !== true) return;
      yield* restart();
    };
    const run = runDevice(withToy(writesThenErases), before, { cut: { operation: 1, at: "after" } });
    expect(run.lives.map(({ end }) => end)).toEqual(["restart", "cut", "restart", "idle"]);
  });

  it.each([-1, 8, 0.5])("never at operation %d, which there is not", (operation) =>
    expect(() => stateAfterCut(recorded, { operation, at: "after" })).toThrow(RangeError),
  );
});

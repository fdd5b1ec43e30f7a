import { describe, expect, it } from "vitest";
import { blankEntry, encodeOtadata, otaEntry } from "../../core/ota/otadata";
import { type DeviceState, stateAfterCut } from "../../core/sim/device";
import { cutPoints } from "../../core/sim/driver/cut";
import { writeFlash } from "../../core/sim/flash/flash";
import { seeded } from "../../core/sim/seeded";
import { type Network, type ServerFault, serverFaults } from "../../core/sim/server";
import { blank, pattern } from "../support/bytes";
import { canBuildDriver } from "./support/build";
import { useDriver } from "./support/driver";
import {
  configOf,
  deviceState,
  imagesOf,
  type Migration,
  migrations,
  OTADATA,
  put,
  TABLE,
} from "./support/migrations";
import { runBoth, type Traced } from "./support/traces";

const kinds = Object.keys(serverFaults) as ServerFault["kind"][];
const [beside] = migrations;
if (!beside) throw new Error("there is a migration");

describe.runIf(canBuildDriver)("the C core does what the simulated repartitioner does", () => {
  const driver = useDriver();

  const run = (migration: Migration, network: Partial<Network>): Traced =>
    runBoth(driver(), { migration, config: configOf(migration), state: deviceState(migration, network) });

  describe("with a server that spoils", () => {
    it.each(kinds.flatMap((kind) => ([1, 3] as const).map((requests) => ({ kind, requests }))))(
      "$requests downloads: $kind",
      ({ kind, requests }) => {
        const traced = run(beside, { faults: [{ kind, requests }] });
        expect([traced.run.end, traced.run.app]).toEqual(["idle", "micropython"]);
        // The length is no condition, and one that does not resume sends all of it.
        const isHarmless = kind === "no-length" || kind === "no-range";
        expect(traced.trace.some((line) => line.includes("result=failed reason="))).toBe(!isHarmless);
      },
    );

    it.each(kinds.filter((kind) => kind !== "no-length" && kind !== "no-range"))("all: %s", (kind) => {
      const { run: ended, trace } = run(beside, { faults: [{ kind, requests: "always" }] });
      expect([ended.end, ended.app]).toEqual(["waiting", "repartitioner"]);
      // Ten failures, then a restart: the device is never busy without a pause.
      expect(trace.filter((line) => line === "wait 300000").length).toBeGreaterThan(0);
    });

    it.each([0, 16, 0x1000, 0x2000, 0x5800, 0x933f])("at byte %i", (at) => {
      for (const kind of ["drop", "stall", "truncate", "corrupt"] as const) {
        const faults = [
          { kind, at, requests: 2 },
          { kind: "no-range" as const, requests: 2 },
        ];
        expect(run(beside, { faults }).run.app).toBe("micropython");
      }
    });
  });

  it.each([1, 5, 9])("with a Wi-Fi that lets it in after %i refusals", (refuses) => {
    expect(run(beside, { wifi: { refuses } }).run.app).toBe("micropython");
  });

  it("without Wi-Fi: it goes back to the firmware, and has changed nothing else", () => {
    const { run: ended } = run(beside, { wifi: { refuses: "always" } });
    expect([ended.end, ended.app]).toEqual(["idle", "firmware"]);
    expect(ended.operations.every(({ offset }) => 0xe000 <= offset && offset < 0x10000)).toBe(true);
  });

  describe("with what an earlier download has left behind", () => {
    const { micropython } = imagesOf(beside);
    const left = (sectors: readonly number[], junk: readonly number[] = []): string | undefined => {
      const config = configOf(beside);
      const { runner, receiver } = beside;
      const state = deviceState(beside);
      let flash = put(state.flash, TABLE, config.targetTable);
      flash = put(flash, runner, imagesOf(beside).repartitioner.bytes);
      flash = put(flash, OTADATA, encodeOtadata([otaEntry(3), blankEntry]));
      flash = put(flash, receiver, blank(0x10000));
      for (const at of sectors)
        flash = writeFlash(
          flash,
          receiver + at * 0x1000,
          micropython.bytes.slice(at * 0x1000, (at + 1) * 0x1000),
        );
      for (const at of junk) flash = writeFlash(flash, receiver + at * 0x1000, pattern(0x1000, at));
      const { run: ended, trace } = runBoth(driver(), {
        migration: beside,
        config,
        state: { ...state, flash },
      });
      expect([ended.end, ended.app]).toEqual(["idle", "micropython"]);
      return trace.find((line) => line.includes("result=started from="))?.split("from=")[1];
    };

    it.each([
      { what: "nothing", sectors: [], from: "0" },
      { what: "one sector", sectors: [1], from: `${0x1000}` },
      { what: "three sectors", sectors: [1, 2, 3], from: `${0x3000}` },
      { what: "all but the first", sectors: [1, 2, 3, 4, 5, 6, 7, 8, 9], from: `${0x9000}` },
      { what: "the first one too", sectors: [0, 1, 2], from: "0" },
      { what: "a gap", sectors: [1, 2, 4], from: "0" },
    ])("$what: from $from", ({ sectors, from }) => {
      expect(left(sectors)).toBe(from);
    });

    it("something else: it is found out in the end, and all of it comes again", () => {
      expect(left([2], [1])).toBe(`${0x2000}`);
    });
  });

  it("where the image that runs is larger than the slot for its copy: that slot stays as it is", () => {
    const narrow = (rows: Migration["source"]) =>
      rows.map((row) => (row.label === "ota_0" ? { ...row, size: 0x8000 } : row));
    const migration = { ...beside, source: narrow(beside.source), target: narrow(beside.target) };
    const { run: ended, trace } = run(migration, {});
    expect(trace).toContain("crossflash: step=copy-to-runner result=failed");
    expect([ended.end, ended.app]).toEqual(["idle", "firmware"]);
    expect(ended.operations.some(({ offset }) => migration.runner <= offset)).toBe(false);
  });

  describe("in lives in which power fails again and again, with faults of the server", () => {
    it.each(Array.from({ length: 60 }, (_, seed) => seed))("seed %i", (seed) => {
      const random = seeded(seed);
      const pick = <T>(values: readonly T[]): T => values[random() % values.length] as T;
      const migration = pick(migrations);
      const faults = Array.from({ length: random() % 4 }, () => ({
        kind: pick(kinds),
        at: random() % 0x9340,
        requests: 1 + (random() % 3),
      }));
      const config = configOf(migration);
      let state: DeviceState = deviceState(migration, { faults, wifi: { refuses: random() % 3 } });
      for (let cuts = 0; cuts < 4; cuts++) {
        const traced = runBoth(driver(), { migration, config, state });
        if (traced.run.operations.length === 0) return;
        const operation = random() % traced.run.operations.length;
        state = stateAfterCut(traced.run, { operation, at: pick(cutPoints), seed: random() });
      }
      runBoth(driver(), { migration, config, state });
    });
  });
});

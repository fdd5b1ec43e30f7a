import { describe, expect, it } from "vitest";
import { type DeviceState, stateAfterCut } from "../../core/sim/device";
import { cutPoints } from "../../core/sim/driver/cut";
import { seeded } from "../../core/sim/seeded";
import { type Network, type ServerFault, serverFaults } from "../../core/sim/server";
import { canBuildDriver } from "./support/build";
import { useDriver } from "./support/driver";
import { configOf, deviceState, type Migration, migrations } from "./support/migrations";
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

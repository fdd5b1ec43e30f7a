import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { afterEvent, type DeviceRecord } from "../../../core/delivery/deviceRecord";
import { deviceVerdict } from "../../../core/delivery/deviceVerdict";
import { readStepReport } from "../../../core/delivery/stepReport";
import { isReportedStep } from "../../../core/delivery/steps";
import type { BootloaderModel } from "../../../core/sim/boot/model";
import { networkFaultKinds } from "../../../core/sim/cases/case";
import { type LogLine, type Run, runDevice } from "../../../core/sim/device";
import { eraseFlash, writeFlash } from "../../../core/sim/flash/flash";
import { withFaults } from "../../../core/sim/scenario/faults";
import type { Scenario } from "../../../core/sim/scenario/scenario";
import { scenariosOf, small } from "../../sim/support/sweeps";

/** The lines that the repartitioner writes, read as the update server and a relay read them. */

const bootloader: BootloaderModel = { kind: "rollback", idfVersion: "v4.4" };
const scenarios = [
  ...scenariosOf(small, { procedure: "safe" }),
  ...scenariosOf(small, { procedure: "safe", bootloader }),
];
const PREFIX = "crossflash: ";

const linesOf = ({ log }: Run): readonly LogLine[] => log.filter(({ text }) => text.includes(PREFIX));

const faulty = (scenario: Scenario): readonly Run[] =>
  networkFaultKinds.flatMap((kind) =>
    ([1, "always"] as const).flatMap((times) =>
      ([undefined, "micropython", "repartitioner"] as const).map((image) => {
        const { setup, state } = withFaults(scenario, [{ kind, times, image }]);
        return runDevice(setup, state);
      }),
    ),
  );

function cut({ setup, state }: Scenario, clean: Run): readonly Run[] {
  return clean.operations.flatMap(({ index }) =>
    (["begun", "middle", "after"] as const).map((at) =>
      runDevice(setup, state, { cut: { operation: index, at } }),
    ),
  );
}

/** Devices that must not be changed. */
function refused({ setup, state, config }: Scenario): readonly Run[] {
  // The repartitioner is there already when it finds another table, which the firmware would not have survived.
  const arrived = runDevice(setup, state, { record: { states: true } });
  const written = arrived.operations.findIndex(({ step }) => step === "erase-filesystem");
  const before = arrived.states[written];
  if (!before) throw new Error("the filesystem was not erased");
  const tableOf = (bytes: Uint8Array) => {
    const blank = eraseFlash(before.flash, config.tableOffset, 0x1000);
    return { ...before, flash: writeFlash(blank, config.tableOffset, bytes) };
  };
  const foreign = config.sourceTable.slice();
  // The last partition is called otherwise.
  foreign.set([0x78], 4 * 32 + 12);
  return [
    runDevice({ ...setup, isProtected: true }, state),
    runDevice(setup, tableOf(foreign)),
    runDevice(setup, tableOf(config.sourceTable)),
  ];
}

const clean = scenarios.map(({ setup, state }) => runDevice(setup, state));
const runs = [
  ...clean,
  ...scenarios.flatMap(faulty),
  ...scenarios.flatMap((scenario, index) => cut(scenario, clean[index] as Run)),
  ...scenarios.flatMap(refused),
];

/** What a server makes of a run, whose reports all arrive. */
function recordOf(run: Run): DeviceRecord {
  const device = { mac: "24:6f:28:00:00:01", address: "192.168.1.77" };
  const record = linesOf(run).reduce<DeviceRecord | undefined>((before, { text, milliseconds: at }) => {
    const report = readStepReport(text);
    return report.ok ? afterEvent(before, { kind: "reported", at, device, report: report.value }) : before;
  }, undefined);
  if (!record) throw new Error("nothing was reported");
  return record;
}

describe("the lines of the repartitioner", () => {
  it("are understood, with the step that they are of, whatever fails", () => {
    const lines = runs.flatMap(linesOf);
    const read = lines.map(({ text }) => readStepReport(text));
    expect(read.filter(({ ok }) => !ok)).toEqual([]);
    expect(read.map((report) => report.ok && report.value.step)).toEqual(lines.map(({ step }) => step));
  });

  // That flash does not keep what is written, no simulated device has: those failures are in stepReport.test.ts.
  it("are these, so that a new one is noticed here", () => {
    const pairs = runs.flatMap(linesOf).map(({ text }) => {
      const report = readStepReport(text);
      return report.ok ? `${report.value.step} ${report.value.result}` : text;
    });
    expect([...new Set(pairs)].toSorted()).toEqual([
      "check-device ok",
      "check-device stopped",
      "check-target ok",
      "confirm-repartitioner ok",
      "copy-to-runner ok",
      "copy-to-runner started",
      "download-micropython failed",
      "download-micropython ok",
      "download-micropython started",
      "erase-filesystem ok",
      "erase-filesystem started",
      "go-back ok",
      "reset ok",
      "select-micropython ok",
      "start-from-runner ok",
      "verify-table ok",
      "write-table ok",
      "write-table started",
    ]);
  });

  it("lead to a device that is done, and that asked for nothing too early", () => {
    for (const run of clean) {
      const record = recordOf(run);
      expect([record.isTableVerified, deviceVerdict(record, record.lastSeen).kind]).toEqual([true, "done"]);
    }
  });

  it("say that the table is verified where the device has it, however it came there", () => {
    // The old firmware installs whatever it gets, and a wrong file may be MicroPython.
    const arrived = runs.filter((run) => run.app === "micropython" && linesOf(run).length > 0);
    expect(arrived.length).toBeGreaterThan(100);
    const records = arrived.map(recordOf);
    expect(records.filter(({ isTableVerified }) => !isTableVerified)).toEqual([]);
    // A cut between the choice of MicroPython and its line takes the line: the device has arrived, and nobody hears of it.
    const last = new Set(records.map(({ step }) => `${step?.step} ${step?.result}`));
    expect([...last].toSorted()).toEqual(["download-micropython ok", "select-micropython ok"]);
  });

  it("have no step in C that the server does not know", () => {
    const folder = new URL("../../../firmware/core/", import.meta.url);
    const sources = readdirSync(folder).filter((name) => name.endsWith(".c"));
    const said = sources.flatMap((name) => [
      ...readFileSync(new URL(name, folder), "utf8").matchAll(
        /\b(?:rp_say|rp_say_result|rp_line_begin|start)\(rp, "([a-z-]+)"/g,
      ),
    ]);
    const steps = new Set(said.map(([, step = ""]) => step));
    expect(steps.size).toBeGreaterThan(9);
    expect([...steps].filter((step) => !isReportedStep(step))).toEqual([]);
  });
});

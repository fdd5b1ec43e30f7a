import { type ReadMigration, readMigration } from "../../core/migrate/read/readMigration";
import { fingerprintOf } from "../../core/migrate/report/fingerprint";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { parseCase } from "../../core/sim/cases/parseCase";
import { DEFAULT_FLEET } from "../../core/sim/losses";
import { replayCase } from "../../core/sim/replay/replay";
import type { Procedure, SimulationReport } from "../../core/sim/report";
import { simulatedDevices } from "../../core/sim/scenario/devices";
import { makeScenarios } from "../../core/sim/scenario/makeScenarios";
import type { Scenario } from "../../core/sim/scenario/scenario";
import { simulationRefusal } from "../../core/sim/simulate";
import { readFile } from "../board/project";
import { type Reporter, reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand, type ExitCode } from "../command";
import type { Io } from "../io";
import { claimsOf, statedBy } from "../migration/devices";
import { errorsOf, readManifest } from "../migration/manifest";
import { bootloader, runningSlot, stated } from "../migration/options";
import { choice, text, type ValuesOf } from "../options";
import { jsonText } from "../report/jsonText";
import type { Line } from "../report/line";
import { problemLines } from "../report/text";
import { simulation } from "../simulation/options";
import { replayLines, replayMarkdown } from "../simulation/replayText";
import { reportLines, reportMarkdown } from "../simulation/reportText";
import { simulateWatched } from "../simulation/watched";
import { filesOf, rootOf, wholeFilesOf } from "../surroundings";
import { tell } from "../tell";

const options = {
  ...simulation,
  format: choice(["text", "json", "markdown"], "How the result is written; text unless told otherwise."),
  repartitioner: text(
    "BIN",
    "The repartitioner, where it is not the one in the build folder of its project. Before there is one, the largest that fits is simulated.",
  ),
  "running-slot": runningSlot,
  ...bootloader,
  ...stated,
};

type SimulateOptions = ValuesOf<typeof options>;

export default defineCommand({
  name: "simulate",
  summary: "Simulate a migration, and cut its power everywhere.",
  description:
    "Reads crossflash.json and its files, puts up a device as it stands in the field, with its bootloader, its firmware and its server, and runs the migration on it: first without a fault, then with power that fails before, inside and after every erase and every write. Each case ends with a verdict: completes, resumes, falls-back, stuck-reachable, stuck or bricked. The bricked ones must be those that the plan declares as its hazard window. Each case has an id; --case shows it start by start, with the log of the device.\n\n--format json is what 'crossflash bundle --simulation' takes.\n\nThe images have the sizes of yours, not their contents: what runs are models of the firmware, the repartitioner and MicroPython.\n\nExit code 1 where a device ends bricked or stuck although the plan does not declare it, as the published procedure leaves them, where the declaration is out of date, or where a device does not come to MicroPython even without a fault. Ctrl-C shows what was found until then and gives 2.",
  operand: { value: MANIFEST_NAME, optional: true },
  options,
  run: ({ files: [path = MANIFEST_NAME], options: given }, io) =>
    reported(io, "text", async (reporter) => {
      const read = await readWhole(path, given, io, reporter);
      const wanted = given.case === undefined ? undefined : parseCase(given.case);
      if (wanted && !wanted.ok) throw new Stop(2, wanted.message);
      const procedure = wanted?.value.procedure ?? given.procedure ?? "safe";
      const scenarios = scenariosOf(read, procedure);
      if (!wanted) return await showReport(scenarios, fingerprintOf(read), given, io);
      const replay = replayCase(scenarios, wanted.value);
      if (!replay.ok) throw new Stop(2, replay.message);
      write(io, given.format, replay.value, replayLines, replayMarkdown);
      return 0;
    }),
});

async function readWhole(
  path: string,
  given: SimulateOptions,
  io: Io,
  reporter: Reporter,
): Promise<ReadMigration> {
  const { file } = await readManifest(path, filesOf(io), io);
  const problems = errorsOf(file);
  reporter.note(problemLines({ ...file, problems }));
  if (problems.length > 0) throw new Stop(1, `Nothing was simulated, because ${file.file} has errors.`);
  const { repartitioner: name } = given;
  if (name !== undefined) await readFile(name, io);
  const manifestPath = io.absolute(path);
  const told = {
    ...statedBy(given),
    bootloader: await claimsOf(undefined, given, io),
    runningSlot: given["running-slot"],
    repartitioner: name === undefined ? undefined : { name, path: io.absolute(name) },
    environment: io.environment,
  };
  const read = await readMigration({ manifestPath, root: rootOf(manifestPath, io) }, told, wholeFilesOf(io));
  if (!read.ok) throw new Stop(read.reason === "errors" ? 1 : 2, read.message);
  return read.value;
}

function scenariosOf(read: ReadMigration, procedure: Procedure): readonly Scenario[] {
  const scenarios = makeScenarios(read, { procedure, ...simulatedDevices(read.question) });
  if (!scenarios.ok) throw new Stop(1, `Nothing was simulated: ${scenarios.message}`);
  return scenarios.value;
}

async function showReport(
  scenarios: readonly Scenario[],
  fingerprint: string,
  given: SimulateOptions,
  io: Io,
): Promise<ExitCode> {
  const schedule = given.cuts ?? { kind: "exhaustive" };
  const refusal = simulationRefusal(scenarios, schedule);
  if (refusal !== undefined) throw new Stop(2, refusal);
  const { devices = DEFAULT_FLEET.devices, "cut-rate": cutRate = DEFAULT_FLEET.cutRate } = given;
  const report = await simulateWatched(scenarios, { schedule, fleet: { devices, cutRate } }, io);
  // Of which migration it is, so that a bundle takes it for no other one.
  write(io, given.format, { fingerprint, ...report }, reportLines, reportMarkdown);
  return exitCode(report);
}

function exitCode({ coverage, conclusion }: SimulationReport): ExitCode {
  if (coverage.isPartial) return 2;
  return conclusion.isAsDeclared ? 0 : 1;
}

function write<T>(
  io: Io,
  format: SimulateOptions["format"],
  value: T,
  lines: (value: T) => readonly Line[],
  markdown: (value: T) => string,
): void {
  if (format === "json") io.out(jsonText(value));
  else if (format === "markdown") io.out(markdown(value));
  else tell(io, "out", lines(value));
}

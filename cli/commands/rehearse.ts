import { stops } from "../../core/job/preflight";
import { migrationReport } from "../../core/migrate/report/report";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import { noCuts } from "../../core/rehearsal/cuts";
import { type Rehearsal, readRehearsal } from "../../core/rehearsal/readRehearsal";
import { type RehearsalReport, rehearsalReport } from "../../core/rehearsal/report";
import { type RehearsalFormat, rehearsalWriters } from "../../core/rehearsal/writers";
import type { PreparedJob } from "../../device/flows/flashFlow";
import type { RehearsalDesk } from "../../device/rehearsal/desk";
import { backupMaker } from "../board/backupMaker";
import { portPath } from "../board/connect";
import { watchedTask } from "../board/progress";
import { readOptional } from "../board/project";
import { type Reporter, reported } from "../board/reporter";
import { showJob } from "../board/showJob";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import { type Boards, type Io, STANDARD_STREAM } from "../io";
import { claimsOf, statedBy } from "../migration/devices";
import type { ValuesOf } from "../options";
import { rehearsalOptions } from "../rehearsal/options";
import { type ServerPlace, serverPlace, startServer } from "../rehearsal/server";
import { simulated } from "../rehearsal/simulation";
import { styled } from "../report/line";
import { findingLine } from "../serving/show";
import { rootOf, wholeFilesOf } from "../surroundings";

type RehearseOptions = ValuesOf<typeof rehearsalOptions>;

export default defineCommand({
  name: "rehearse",
  summary: "Rehearse a migration on a lab board, from the field state to MicroPython.",
  description:
    "Makes the board what the devices in the field are, serves the two images, lets the board migrate itself, and follows its log step by step against the plan. With --cut its power is cut on the way, by the reset line. At the end the board is read back: the table byte for byte, the SHA-256 of MicroPython in its slot, otadata, the filesystem, the banner at the prompt. All of it, with the hashes of the files, the plan and what a simulation of the same migration covers, becomes a report to sign.\n\nA real board runs its real firmware, which has to start its update by itself or be told to; the command waits for it. With '--port virtual' nothing but this machine is needed: the firmware is simulated then, and the report says so.\n\nWhatever ends a rehearsal early, Ctrl-C too, stops the server and says in what state the board is. Exit code 1 where the rehearsal has not passed.",
  operand: { value: MANIFEST_NAME, optional: true },
  options: rehearsalOptions,
  run: ({ files: [path = MANIFEST_NAME], options }, io) =>
    reported(io, "text", async (reporter) => {
      const boards = await io.boards();
      const board = await portPath(options.port, boards.ports);
      const isVirtual = board === "virtual" || board.startsWith("virtual:");
      const rehearsal = await readWhole(path, isVirtual, options, io, reporter);
      const restore = options.backup === undefined ? undefined : await backupMaker(options.backup, io);
      const simulation = options["skip-simulation"] ? undefined : await simulated(rehearsal, io, reporter);
      const serving = await io.serving();
      const place = await serverPlace(rehearsal.images, isVirtual, options, serving, io);
      const { rehearse } = await io.rehearsing();
      const begunAt = new Date(serving.clock()).toISOString();
      const desk = await deskOf(board, place, options, boards, io, reporter);
      const { cut: cuts = noCuts, runs = 1, slot: start } = options;
      const done = await rehearse(rehearsal, { start, cuts, runs, restore }, desk);
      await boards.ports.save();
      const report = rehearsalReport({
        ...done,
        migration: migrationReport({ ...rehearsal.migration, toolVersion: io.version() }),
        simulation,
        begunAt,
        endedAt: new Date(serving.clock()).toISOString(),
        toolVersion: io.version(),
      });
      write(report, options, io, reporter);
      return report.result.isPassed ? 0 : 1;
    }),
});

async function readWhole(
  path: string,
  isVirtual: boolean,
  options: RehearseOptions,
  io: Io,
  reporter: Reporter,
): Promise<Rehearsal> {
  const { repartitioner: name } = options;
  await readOptional(name, io);
  const manifestPath = io.absolute(path);
  const read = await readRehearsal(
    { manifestPath, root: rootOf(manifestPath, io) },
    {
      ...statedBy(options),
      bootloader: await claimsOf(undefined, options, io),
      repartitioner: name === undefined ? undefined : { name, path: io.absolute(name) },
      environment: io.environment,
      app: await readOptional(options.app, io),
      isVirtual,
    },
    wholeFilesOf(io),
  );
  if (!read.ok) {
    const isWrong = read.reason === "errors" || read.reason === "unready";
    throw new Stop(isWrong ? 1 : 2, `Nothing is rehearsed. ${read.message}`);
  }
  reporter.note([...read.value.findings.map(findingLine), ...read.value.standIns]);
  return read.value;
}

async function deskOf(
  path: string,
  place: ServerPlace,
  options: RehearseOptions,
  boards: Boards,
  io: Io,
  reporter: Reporter,
): Promise<RehearsalDesk> {
  const port = await boards.ports.port(path);
  const signal = io.interrupted();
  const { realClock } = await io.rehearsing();
  const task = watchedTask(io);
  return {
    connect: async () => {
      const board = await boards.connectBoard(port, { baudRate: options.baud, signal });
      if (options.mac === undefined || options.mac === board.identity.mac.toLowerCase()) return board;
      await board.restart().catch(() => undefined);
      await board.close();
      throw new Stop(
        1,
        `The board on ${path} is ${board.identity.mac}, but ${options.mac} is meant. Nothing was written to it.`,
      );
    },
    port: async () => port,
    virtual: boards.ports.virtualBoard(path),
    startServer: startServer(place, await io.serving(), reporter),
    confirm: (shown) => confirm(shown, place, options, io, reporter),
    ...(options.save === undefined ? {} : { beforeWriting: backUpInto(options.save, boards, task) }),
    clock: realClock,
    signal,
    onProgress: task.onProgress,
    tell({ kind, text }) {
      task.end();
      const isTrouble = kind === "unexpected";
      reporter.note([isTrouble ? [styled("warning", "unexpected:"), ` ${text}`] : text]);
    },
    ...(options.quiet === undefined ? {} : { limits: limitsOf(options.quiet) }),
  };
}

/** Milliseconds; who waits longer for one step waits longer for all of them. */
const limitsOf = (quiet: number) => ({ quiet: quiet * 1000, whole: quiet * 6000 });

const backUpInto =
  (
    folder: string,
    { backUp }: Boards,
    { signal, onProgress }: ReturnType<typeof watchedTask>,
  ): NonNullable<RehearsalDesk["beforeWriting"]> =>
  async (board, { identity: { flashSize } }) => {
    await backUp(board, folder, { flashSize, signal, onProgress });
  };

/** The whole job, and what keeps a board away from this server, before anything is written. */
async function confirm(
  shown: PreparedJob,
  { stray }: ServerPlace,
  { yes }: RehearseOptions,
  io: Io,
  reporter: Reporter,
): Promise<boolean> {
  const quiet: Reporter = { ...reporter, say: reporter.note };
  showJob(shown, shown, quiet);
  reporter.note(stray.map((text) => [styled("warning", "warning:"), ` ${text}`]));
  if (stops(shown.problems)) throw new Stop(1, "Nothing was written, because of the errors above.");
  if (yes) return true;
  const answer = await io.ask(
    "Everything on the board that is listed as lost is lost. Rehearse on it? [y/N] ",
  );
  if (answer === undefined && !io.interrupted().aborted)
    throw new Stop(2, "Nothing was written, because nobody can be asked. Add --yes to agree.");
  return /^y(es)?$/i.test(answer ?? "");
}

function write(
  report: RehearsalReport,
  { output, format }: RehearseOptions,
  io: Io,
  reporter: Reporter,
): void {
  const target = output ?? STANDARD_STREAM;
  const text = rehearsalWriters[format ?? formatOf(target)](report);
  const written = io.write(target, new TextEncoder().encode(text));
  if (!written.ok) throw new Stop(2, written.message);
  const { isPassed, reasons } = report.result;
  const verdict = isPassed ? "The rehearsal has passed." : "The rehearsal has not passed.";
  reporter.note([verdict, ...reasons, ...(output === undefined ? [] : [`The report is in '${output}'.`])]);
}

const formatOf = (path: string): RehearsalFormat => {
  if (/\.html?$/i.test(path)) return "html";
  if (/\.md$/i.test(path)) return "markdown";
  return /\.json$/i.test(path) ? "json" : "text";
};

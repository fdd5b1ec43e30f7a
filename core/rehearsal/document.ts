import { stepTitle } from "../delivery/steps";
import { type Block, heading, items, paragraph, table, terms } from "../migrate/report/blocks";
import { reportBlocks } from "../migrate/report/document";
import { durationText } from "../migrate/report/words";
import { counted } from "../text/units";
import type { FollowedStep, MadeCut, Remark } from "./following";
import type { RehearsalReport, RehearsalRun, RehearsedBoard } from "./report";
import { timeText } from "./words";

/** A rehearsal as a document: what it came to first, then how, then the plan that was rehearsed. Every writer prints these blocks. */
export const rehearsalBlocks = (report: RehearsalReport): readonly Block[] => [
  heading(1, "Rehearsal of the migration to MicroPython"),
  ...resultBlocks(report),
  ...boardBlocks(report),
  ...simulationBlocks(report),
  ...report.runs.flatMap((run, index) => runBlocks(run, report, index)),
  ...signatureBlocks(report),
  heading(1, "The plan that was rehearsed"),
  ...reportBlocks(report.migration).slice(1),
];

function resultBlocks({ result, runs, board, toolVersion, migration }: RehearsalReport): Block[] {
  const cuts = runs.reduce((sum, run) => sum + run.cuts.length, 0);
  return [
    result.isPassed
      ? paragraph(
          `In ${counted(runs.length, "run")} with ${counted(cuts, "power cut")} ${calledIn(board)} came to MicroPython, step by step as planned, and everything that was read back is right.`,
          "passed",
        )
      : paragraph("Do not migrate devices before this is understood.", "failed"),
    ...items(result.reasons),
    paragraph(`Made by Crossflash ${toolVersion}. Fingerprint of the migration: ${migration.fingerprint}`),
  ];
}

/** Whoever reads no more than the first sentence knows what was real. */
const calledIn = ({ isVirtual }: RehearsedBoard): string =>
  isVirtual ? "a virtual board with simulated firmware" : "the board";

const boardBlocks = ({ board, begunAt, endedAt }: RehearsalReport): Block[] => [
  heading(2, "The board"),
  ...(board.isVirtual ? [paragraph("SIMULATED FIRMWARE: this was a virtual board.", "warning")] : []),
  terms([
    { term: "Board", texts: [`${board.chip} ${board.mac}${board.isVirtual ? " (virtual)" : ""}`] },
    { term: "Begun", texts: [begunAt] },
    { term: "Ended", texts: [endedAt] },
  ]),
  ...items(board.standIns),
];

function simulationBlocks({ simulation }: RehearsalReport): Block[] {
  const title = heading(2, "What the simulation covers");
  if (!simulation)
    return [title, paragraph("The migration was not simulated before this rehearsal.", "unknown")];
  const { coverage, totals, conclusion } = simulation;
  return [
    title,
    paragraph(
      `${counted(coverage.tried, "case")} of a simulated device with the same tables and sizes${coverage.isPartial ? `, of ${coverage.planned}` : ""}.`,
      conclusion.isAsDeclared && !coverage.isPartial ? "supported" : "risky",
    ),
    table(
      [{ title: "Ends" }, { title: "Cases", isNumber: true }, { title: "What it means" }],
      totals.map(({ verdict, cases, means }) => [verdict, String(cases), means]),
    ),
    ...items([...conclusion.sentences, ...coverage.sentences]),
  ];
}

function runBlocks(run: RehearsalRun, report: RehearsalReport, index: number): Block[] {
  const number = report.runs.length === 1 ? "" : ` ${index + 1}`;
  return [
    heading(2, `Run${number}: from '${run.start}', ${timeText(run.milliseconds)}`),
    run.result.isPassed
      ? paragraph("The board came to MicroPython as planned.", "passed")
      : paragraph("The run did not go as planned.", "failed"),
    ...items(run.result.reasons),
    ...(report.board.isVirtual ? [paragraph(SIMULATED_TIME)] : []),
    stepTable(run, report),
    heading(3, "Power cuts"),
    ...(run.planned.length === 0
      ? [paragraph("None were planned.")]
      : items(run.cuts.map((cut) => cutWords(cut, run)))),
    heading(3, "Read back from the board"),
    ...(run.checks.length === 0
      ? [paragraph("Nothing was read back.", "failed")]
      : run.checks.map(({ title, isPassed, found }) =>
          paragraph(`${title}. ${found}`, isPassed ? "passed" : "failed"),
        )),
    ...remarkBlocks(run),
  ];
}

const SIMULATED_TIME =
  "Times are those of the simulated device: erasing and writing by the datasheet, everything else assumed. A real board says how long it really takes.";

function stepTable(run: RehearsalRun, { migration }: RehearsalReport): Block {
  const route = migration.plan.routes.find(({ start }) => start === run.start);
  return table(
    [
      { title: "Step", isNumber: true },
      { title: "What happens" },
      { title: "Took", isNumber: true },
      { title: "Planned in flash" },
      { title: "Result" },
    ],
    run.steps.map((step, index) => {
      const planned = route?.steps[index]?.seconds;
      return [
        String(index + 1),
        step.title,
        step.doneAt === undefined ? "" : timeText(step.milliseconds),
        planned && planned.most > 0 ? durationText(planned) : "",
        resultWords(step, run),
      ];
    }),
  );
}

const resultWords = (step: FollowedStep, { steps }: RehearsalRun): string =>
  [
    stateWords(step, steps.at(-1)?.doneAt !== undefined),
    ...(step.tries > 1 ? [`${step.tries} tries`] : []),
    ...(step.failures > 0 ? [`failed ${step.failures === 1 ? "once" : `${step.failures} times`}`] : []),
  ].join(", ");

function stateWords({ doneAt, begunAt }: FollowedStep, hasArrived: boolean): string {
  if (doneAt !== undefined) return "done";
  if (begunAt !== undefined) return "begun";
  return hasArrived ? "not needed" : "not reached";
}

function cutWords({ cut, at, found, resumed }: MadeCut, { startedAt }: RehearsalRun): string {
  const head = `Power was cut ${cut}, ${timeText(at - startedAt)} after the start.`;
  const next = found === undefined ? " The board reported nothing after it." : ` After it: ${found}`;
  return resumed
    ? `${head}${next} It went on with '${stepTitle(resumed.step)}' ${timeText(resumed.at - at)} later.`
    : `${head}${next}`;
}

const remarkBlocks = ({ remarks, startedAt }: RehearsalRun): Block[] =>
  remarks.length === 0
    ? []
    : [heading(3, "What else was noted"), ...items(remarks.map((remark) => remarkText(remark, startedAt)))];

const remarkText = ({ at, text }: Remark, startedAt: number): string =>
  `${timeText(at - startedAt)}: ${text}`;

const BLANK = "…………………………";

const signatureBlocks = ({ result, migration, board }: RehearsalReport): Block[] => [
  heading(2, "Sign-off of the rehearsal"),
  paragraph(
    `I have read this report. The rehearsal of the migration ${migration.fingerprint.slice(0, 8)} has ${result.isPassed ? "passed" : "NOT passed"}, on ${calledIn(board)}.`,
  ),
  table(
    ["Name", "Date", "Signature"].map((title) => ({ title })),
    [
      [BLANK, BLANK, BLANK],
      [BLANK, BLANK, BLANK],
    ],
  ),
];

import type { Range } from "../../migrate/plan/plan";
import { type Block, heading, items, paragraph, type Term, table, terms } from "../../migrate/report/blocks";
import { counted } from "../../text/units";
import type { BadCase, ExpectedLosses, Procedure, Schedule, SimulationReport, StartReport } from "../report";

/** What a simulation found, in front of the marks of its operations. */
export const summaryBlocks = ({
  procedure,
  schedule,
  conclusion,
  coverage,
}: SimulationReport): readonly Block[] => [
  heading(1, `Simulation of ${procedureWords[procedure]}`),
  paragraph(
    `${scheduleWords(schedule)}: ${coverage.tried} cases${coverage.isPartial ? `, of about ${coverage.planned}` : ""}.`,
    conclusion.isAsDeclared ? undefined : "warning",
  ),
  ...items(conclusion.sentences),
];

const procedureWords: Readonly<Record<Procedure, string>> = {
  safe: "the safe procedure",
  published: "the published procedure, as it was published",
};

const scheduleWords = (schedule: Schedule): string =>
  ({
    exhaustive: "One power cut at every place",
    recovery: "A second power cut during recovery",
    pairs: "All pairs of power cuts",
    lives: "Power cuts again and again",
    network: "Faults of the network",
    random: `Power cuts by chance${schedule.kind === "random" ? `, seed ${schedule.seed}` : ""}`,
  })[schedule.kind];

/** One slot from which the devices start. */
export const startBlocks = ({ start, clean, operations, hazard }: StartReport): readonly Block[] => {
  const window = hazard.operations;
  return [
    heading(2, `From '${start}'`),
    paragraph(
      `Without a fault: ${operations.length} erases and writes in ${counted(clean.lives, "start")}, verdict '${clean.verdict}' (${clean.id}).`,
    ),
    ...(window
      ? [
          paragraph(
            `Operations ${window.first} to ${window.last} (${hazard.step}), ${rangeText(hazard.seconds)} seconds.`,
            "hazard",
          ),
        ]
      : []),
  ];
};

/** What stands behind the marks. */
export const detailBlocks = (report: SimulationReport): readonly Block[] => [
  heading(2, "Verdicts"),
  terms(report.totals.map(({ verdict, cases, means }) => ({ term: `${verdict}: ${cases}`, texts: [means] }))),
  ...badBlocks(report),
  heading(2, "Expected losses"),
  terms(lossTerms(report.losses)),
  ...items(report.losses.assumptions),
  heading(2, "What was tried"),
  ...items(report.coverage.sentences),
];

function badBlocks({ badCases }: SimulationReport): readonly Block[] {
  if (badCases.length === 0) return [];
  const groups = grouped(badCases);
  return [
    heading(2, "Cases that end badly"),
    table(
      [
        { title: "Verdict" },
        { title: "Declared" },
        { title: "From" },
        { title: "Step" },
        { title: "Cases", isNumber: true },
        { title: "For example" },
      ],
      groups.map(([first, ...rest]) => [
        first.verdict,
        first.isDeclared ? "yes" : "no",
        first.start,
        first.step ?? "network",
        String(rest.length + 1),
        first.id,
      ]),
    ),
    ...items(groups.map(([{ id, words }]) => `${id}: ${words}`)),
    paragraph("'crossflash simulate --case ID' shows a case start by start; the JSON has all of them."),
  ];
}

type Group = readonly [BadCase, ...BadCase[]];

/** Those that end alike in the same step; what nobody has declared comes first. */
function grouped(badCases: readonly BadCase[]): readonly Group[] {
  const groups = new Map<string, Group>();
  for (const one of badCases.toSorted((a, b) => Number(a.isDeclared) - Number(b.isDeclared))) {
    const key = [one.verdict, one.isDeclared, one.start, one.step].join();
    const group = groups.get(key);
    groups.set(key, group ? [...group, one] : [one]);
  }
  return [...groups.values()];
}

const lossTerms = ({
  devices,
  cutRate,
  brickedSeconds,
  stuckSeconds,
  bricked,
  stuck,
}: ExpectedLosses): Term[] => [
  { term: "Fleet", texts: [`${devices} devices, each of which loses power ${cutRate} times a day`] },
  {
    term: "Bricked",
    texts: [`${rangeText(bricked)} devices, by ${rangeText(brickedSeconds)} seconds in which a cut bricks`],
  },
  {
    term: "Stuck",
    texts: [
      `${rangeText(stuck)} devices, by ${rangeText(stuckSeconds)} seconds in which a cut leaves one stuck`,
    ],
  },
];

/** Two digits are more than anybody knows. */
const rangeText = ({ typical, most }: Range): string =>
  most === typical ? short(most) : `${short(typical)} to ${short(most)}`;

const short = (value: number): string => String(Number(value.toPrecision(2)));

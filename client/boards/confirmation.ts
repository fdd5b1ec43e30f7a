import { jobLines, problemLines } from "../../core/job/describe";
import { type FlashJob, rangeOf } from "../../core/job/job";
import { stops } from "../../core/job/preflight";
import { rangeText } from "../../core/job/range";
import { hex, sizeText } from "../../core/text/units";
import type { PreparedJob } from "../../device/flows/flashFlow";

/** A job for one board, before anything is written. */
export interface Plan {
  readonly path: string;
  /** As sentences call the board. */
  readonly board: string;
  readonly prepared: PreparedJob;
}

/** What the user is asked before anything is written. */
export interface Confirmation {
  /** What the button says that begins it. */
  readonly action: "Flash" | "Erase";
  /** One question, or why nothing can be done. */
  readonly message: string;
  /** What is written, erased and lost, and what preflight says, for each board. */
  readonly detail: string;
  /** The boards that the job may be done to; nobody is asked where there are none. */
  readonly plans: readonly Plan[];
  /** Everything, as a document. */
  readonly document: string;
}

/** All boards of one command in one question. Those that preflight stops are told and left alone. */
export function confirmation(plans: readonly Plan[]): Confirmation {
  const good = plans.filter(({ prepared }) => !stops(prepared.problems));
  const bad = plans.filter((plan) => !good.includes(plan));
  const title = plans[0]?.prepared.job.title ?? "";
  const boards = good.map(({ board }) => board).join(", ");
  const message =
    good.length === 0
      ? `${title}: this cannot be done${plans.length === 1 ? ` to ${plans[0]?.board}` : ""}. Nothing is written.`
      : `${title} on ${good.length === 1 ? boards : `${good.length} boards (${boards})`}?`;
  const sections = [
    ...bad.map((plan) => section(plan, problemLines(plan.prepared.problems), plans)),
    ...sharedSections(good, plans),
  ];
  return {
    action: plans.every(({ prepared }) => prepared.job.totalBytes === 0) ? "Erase" : "Flash",
    message,
    detail: sections.join("\n\n"),
    plans: good,
    document: plans.map(documentOf).join("\n\n"),
  };
}

/** Boards with equal jobs share what is told of it. */
function sharedSections(good: readonly Plan[], plans: readonly Plan[]): string[] {
  const texts = good.map(({ prepared }) => jobText(prepared));
  const [first] = texts;
  if (first !== undefined && good.length > 1 && texts.every((text) => text === first))
    return [first, ...good.map((plan) => section(plan, notesOf(plan), plans))];
  return good.map((plan) => section(plan, [...notesOf(plan), "", jobText(plan.prepared)], plans));
}

const notesOf = ({ prepared: { problems, job } }: Plan): string[] => [
  ...problemLines(problems),
  ...listed("Lost", job.lost),
];

/** What is written and erased, in a few lines. */
const jobText = ({ job }: PreparedJob): string =>
  [
    ...listed("Written", writtenLines(job)),
    ...listed("Made blank", blankLines(job)),
    `Erased on the way: ${job.erases.map(rangeText).join(", ")}`,
  ].join("\n");

const writtenLines = ({ regions }: FlashJob): string[] =>
  regions
    .filter(({ kind }) => kind === "write")
    .map((region) => `${region.name} at ${hex(region.address)}, ${sizeText(rangeOf(region).size)}`);

const blankLines = ({ regions }: FlashJob): string[] =>
  regions
    .filter(({ kind }) => kind === "erase")
    .map((region) => `${region.name}, ${rangeText(rangeOf(region))}`);

const listed = (heading: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${heading}:`, ...lines.map((line) => `  ${line}`)];

/** One board needs no heading. */
const section = ({ board }: Plan, lines: readonly string[], plans: readonly Plan[]): string =>
  [...(plans.length > 1 ? [`${board}:`] : []), ...lines].join("\n");

const documentOf = ({ board, path, prepared: { job, problems } }: Plan): string =>
  [
    `Board: ${board} on ${path}`,
    "",
    ...problemLines(problems),
    ...(problems.length > 0 ? [""] : []),
    ...jobLines(job),
  ].join("\n");

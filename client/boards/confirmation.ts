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
  readonly action: "Flash" | "Erase" | "Rehearse";
  /** One question, or why nothing can be done. */
  readonly message: string;
  /** What is written, erased and lost, and what preflight says, for each board. */
  readonly detail: string;
  /** Whether the detail can be read in a dialog; where not, the document is shown instead. */
  readonly fitsDialog: boolean;
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
      : `${title} on ${good.length === 1 ? boards : `${good.length} boards (${boards})`}?${leftAlone(bad.length)}`;
  const detail = detailOf(good, bad);
  return {
    action: plans.every(({ prepared }) => prepared.job.totalBytes === 0) ? "Erase" : "Flash",
    message,
    detail,
    fitsDialog: lineCount(detail) <= DIALOG_LINES,
    plans: good,
    document: [...bad, ...good].map(documentOf).join("\n\n"),
  };
}

const leftAlone = (count: number): string => {
  if (count === 0) return "";
  return count === 1 ? " One other board is left alone." : ` ${count} other boards are left alone.`;
};

/** A dialog does not scroll: what is longer would push its buttons off the screen of a laptop. */
const DIALOG_LINES = 24;
const DIALOG_COLUMNS = 60;

const lineCount = (text: string): number =>
  text.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / DIALOG_COLUMNS)), 0);

/** Boards of which the same is to be told share a section, and all of them what is told of equal jobs. */
function detailOf(good: readonly Plan[], bad: readonly Plan[]): string {
  const jobs = new Set(good.map(({ prepared }) => jobText(prepared)));
  const isShared = jobs.size === 1;
  const told = [
    ...bad.map(({ board, prepared }) => ({ board, text: problemLines(prepared.problems).join("\n") })),
    ...good.map((plan) => ({
      board: plan.board,
      text: joined([notesOf(plan), isShared ? "" : jobText(plan.prepared)]),
    })),
  ];
  const texts = [...new Set(told.map(({ text }) => text))];
  const sections = texts.map((text) => {
    const boards = told.filter((one) => one.text === text).map(({ board }) => board);
    // One section for all needs no heading.
    return texts.length === 1 || text === "" ? text : `${boards.join(", ")}:\n${text}`;
  });
  return joined([...sections, ...(isShared ? jobs : [])]);
}

const joined = (paragraphs: readonly string[]): string =>
  paragraphs.filter((text) => text !== "").join("\n\n");

const notesOf = ({ prepared: { problems, job } }: Plan): string =>
  joined([problemLines(problems).join("\n"), listed("Lost", job.lost)]);

/** What is written and made blank, in a few lines. That flash is erased by sectors is told in the document. */
const jobText = ({ job }: PreparedJob): string =>
  joined([listed("Written", writtenLines(job)), listed("Made blank", blankLines(job))]);

const writtenLines = ({ regions }: FlashJob): string[] =>
  regions
    .filter(({ kind }) => kind === "write")
    .map((region) => `${region.name} at ${hex(region.address)}, ${sizeText(rangeOf(region).size)}`);

const blankLines = ({ regions }: FlashJob): string[] =>
  regions
    .filter(({ kind }) => kind === "erase")
    .map((region) => `${region.name}, ${rangeText(rangeOf(region))}`);

const listed = (heading: string, lines: readonly string[]): string =>
  lines.length === 0 ? "" : [`${heading}:`, ...lines.map((line) => `  ${line}`)].join("\n");

const documentOf = ({ board, path, prepared: { job, problems } }: Plan): string =>
  [
    `Board: ${board} on ${path}`,
    "",
    ...problemLines(problems),
    ...(problems.length > 0 ? [""] : []),
    ...jobLines(job),
  ].join("\n");

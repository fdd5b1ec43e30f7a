import { type Check, checksOf, type ReadBack } from "./checks";
import { cutText, type PlannedCut } from "./cuts";
import type { Following } from "./following";
import type { Rehearsal } from "./readRehearsal";
import type { RehearsalRun } from "./report";

/** What a run came to, once the board was read back; `read` undefined: it did not come so far, and `why` says why. */
export function runOf(
  rehearsal: Pick<Rehearsal, "config" | "migration">,
  following: Following,
  planned: readonly PlannedCut[],
  read: ReadBack | undefined,
  why: readonly string[] = [],
): RehearsalRun {
  const { route, steps, cuts, unexpected, remarks, startedAt, progressAt } = following;
  const checks = read ? checksOf(rehearsal, read) : [];
  const reasons = [
    ...why,
    ...unexpected.map(({ text }) => text),
    ...unseen(following),
    ...checks.filter(({ isPassed }) => !isPassed).map(failedCheck),
    ...unmade(following, planned),
  ];
  return {
    start: route.start,
    planned: planned.map(cutText),
    steps,
    cuts,
    unexpected,
    remarks,
    startedAt,
    milliseconds: progressAt - startedAt,
    checks,
    result: { isPassed: reasons.length === 0, reasons },
  };
}

const failedCheck = ({ title, found }: Check): string => `${title}: this does not hold. ${found}`;

/** The steps of which the repartitioner says nothing where there is nothing to do. */
const SILENT = ["confirm-repartitioner", "settle-otadata", "erase-filesystem"];

/** A board that arrived without a step has done something else than the plan says. */
function unseen({ end, steps }: Following): string[] {
  if (end !== "arrived") return [];
  return steps
    .filter(({ id, doneAt }) => doneAt === undefined && !SILENT.includes(id))
    .map(({ title }) => `The board never said that this step was done: '${title}'.`);
}

/** A cut that was not made proves nothing. */
function unmade({ end, cuts }: Following, planned: readonly PlannedCut[]): string[] {
  if (end !== "arrived") return [];
  const made = cuts.map(({ cut }) => cut);
  return planned
    .filter((cut) => cut.kind === "report" || !cut.isChance)
    .map(cutText)
    .filter((text) => !made.includes(text))
    .map(
      (text) => `Power was to be cut ${text}, but the board never came there, or the step was over by then.`,
    );
}

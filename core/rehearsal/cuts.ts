import { isReportedStep, stepTitle } from "../delivery/steps";
import type { Route, StepId } from "../migrate/plan/plan";
import { type Failure, failure, type Result, success } from "../result";
import { seeded } from "../sim/seeded";
import { type Following, indexOf } from "./following";

/** When the power of the board is cut: once for each of these. */
export type PlannedCut =
  /** So many milliseconds after the step was begun: where the board does not say that, when the step before it is done. */
  | {
      readonly kind: "step";
      readonly step: StepId;
      readonly delay: number;
      /** Made by chance, so that it is no fault where the step was over by then. */
      readonly isChance?: true;
    }
  /** As soon as so many reports of steps were seen. */
  | { readonly kind: "report"; readonly count: number };

/** What somebody asks for: cuts, or a number from which they follow. */
export type CutChoice =
  | { readonly kind: "cuts"; readonly cuts: readonly PlannedCut[] }
  | { readonly kind: "seed"; readonly seed: number };

export const noCuts: CutChoice = { kind: "cuts", cuts: [] };

const LONGEST_DELAY = 600_000;
const MOST_REPORTS = 999;

/**
 * Reads `step=erase-filesystem`, `step=write-table+20ms`, `report=7`, several of them with commas, or `seed:42`. A failure
 * is the end of a sentence that begins with what was given.
 */
export function parseCuts(text: string): Result<CutChoice, "usage"> {
  const [, seed] = /^seed:(\d{1,9})$/.exec(text.trim()) ?? [];
  if (seed !== undefined) return success({ kind: "seed", seed: Number(seed) });
  const cuts: PlannedCut[] = [];
  for (const word of text.split(",").map((part) => part.trim())) {
    const cut = parseCut(word);
    if (!cut.ok) return cut;
    cuts.push(cut.value);
  }
  return success({ kind: "cuts", cuts });
}

function parseCut(word: string): Result<PlannedCut, "usage"> {
  const [, count] = /^report=(\d{1,3})$/.exec(word) ?? [];
  if (count !== undefined && Number(count) >= 1 && Number(count) <= MOST_REPORTS)
    return success({ kind: "report", count: Number(count) });
  const [, step, delay = "0"] = /^step=([a-z-]+)(?:\+(\d{1,6})ms)?$/.exec(word) ?? [];
  if (step === undefined || Number(delay) > LONGEST_DELAY) return usage(word);
  if (!isReportedStep(step) || step === "go-back")
    return failure("usage", 0, `names a step '${step}', which no plan has`);
  return success({ kind: "step", step, delay: Number(delay) });
}

const usage = (word: string): Failure<"usage"> =>
  failure(
    "usage",
    0,
    `must be like step=write-table, step=erase-filesystem+500ms, report=7 or seed:42, not '${word}'`,
  );

/** As it is read again. */
export const formatCut = (cut: PlannedCut): string =>
  cut.kind === "report"
    ? `report=${cut.count}`
    : `step=${cut.step}${cut.delay === 0 ? "" : `+${cut.delay}ms`}`;

export const formatCuts = (choice: CutChoice): string =>
  choice.kind === "seed" ? `seed:${choice.seed}` : choice.cuts.map(formatCut).join(",");

/** For people: `0.5 s into 'The place of the filesystem is erased'`. */
export function cutText(cut: PlannedCut): string {
  if (cut.kind === "report") return `after report ${cut.count} of the board`;
  const title = `'${stepTitle(cut.step)}'`;
  return cut.delay === 0 ? `at the beginning of ${title}` : `${cut.delay / 1000} s into ${title}`;
}

/**
 * The cuts of one run. Those of a seed fall into steps that survive them by the plan: up to three, never in the hazard
 * window, where the plan itself says that the device is lost. A step that the route does not have is refused.
 */
export function cutsFor(choice: CutChoice, route: Route): Result<readonly PlannedCut[], "step"> {
  if (choice.kind === "seed") return success(seededCuts(choice.seed, route));
  const missing = choice.cuts.find(
    (cut) => cut.kind === "step" && route.steps.every(({ id }) => id !== cut.step),
  );
  return missing?.kind === "step"
    ? failure(
        "step",
        0,
        `A device that runs from '${route.start}' never does '${missing.step}'. Its steps are ${route.steps.map(({ id }) => id).join(", ")}.`,
      )
    : success(choice.cuts);
}

const MOST_CUTS = 3;

function seededCuts(seed: number, { steps }: Route): readonly PlannedCut[] {
  const random = seeded(seed);
  const safe = steps.filter(({ id, isHazardWindow }) => !isHazardWindow && id !== "first-start");
  const count = 1 + (random() % MOST_CUTS);
  const chosen = new Map<StepId, PlannedCut>();
  for (let made = 0; made < count; made++) {
    const step = safe[random() % safe.length];
    // One of them is certain: boards are faster than their datasheet.
    const delay = step && made > 0 ? random() % (1 + Math.round(step.seconds.typical * 1000)) : 0;
    if (step) chosen.set(step.id, { kind: "step", step: step.id, delay, isChance: true });
  }
  return [...chosen.values()];
}

/**
 * Whether the moment has come from which its delay counts: the step is under way, or it is over already because the board
 * says nothing before it is done. Before the board asks for its update nothing of the first step is done.
 */
export function isDue(cut: PlannedCut, following: Following): boolean {
  const { current, reports, steps, end } = following;
  if (end !== "going") return false;
  if (cut.kind === "report") return reports >= cut.count;
  const index = indexOf(following, cut.step);
  return indexOf(following, current) >= index && (index > 0 || steps[0]?.begunAt !== undefined);
}

/** Whether it may still be made when its delay is over: never in the step behind, which may be the hazard window. */
export const isStillDue = (cut: PlannedCut, { current, end }: Following): boolean =>
  end === "going" && (cut.kind === "report" || cut.delay === 0 || cut.step === current);

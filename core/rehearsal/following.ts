import type { ReportedStep } from "../delivery/steps";
import type { Route, StepId } from "../migrate/plan/plan";

/** How far a board is on its route. Times in milliseconds of the rehearsal's clock. */
export interface Following {
  readonly route: Route;
  readonly startedAt: number;
  /** One for each step of the route, in its order. */
  readonly steps: readonly FollowedStep[];
  /** The step that is under way: the one that was begun, or the one behind the one that was done last. */
  readonly current: StepId;
  /** What the plan does not speak of. With any of it the rehearsal has not passed. */
  readonly unexpected: readonly Remark[];
  /** What is worth knowing, and belongs to what was done to the board. */
  readonly remarks: readonly Remark[];
  readonly cuts: readonly MadeCut[];
  readonly end: "going" | "arrived" | "gave-up";
  /** What MicroPython said of itself. */
  readonly banner: string | undefined;
  /** When something happened last that brings the board further. */
  readonly progressAt: number;
  /** The transfer of the repartitioner to the firmware, until the board is reset. */
  readonly delivery: { readonly transfer: number; readonly isWhole: boolean } | undefined;
  /** How many reports of steps were seen. */
  readonly reports: number;
  /** How often each report came by each way, so that the same one is not counted twice. */
  readonly heard: Readonly<Record<string, Heard>>;
}

export interface Heard {
  readonly line: number;
  readonly server: number;
}

export interface FollowedStep {
  readonly id: StepId;
  readonly title: string;
  /** When it was begun for the first time, and done for the last time. */
  readonly begunAt: number | undefined;
  readonly doneAt: number | undefined;
  /** Of all its tries together, without the time in which something else was under way. */
  readonly milliseconds: number;
  readonly tries: number;
  readonly failures: number;
}

export interface Remark {
  readonly at: number;
  readonly text: string;
}

export interface MadeCut {
  readonly at: number;
  /** As it was asked for. */
  readonly cut: string;
  /** What was under way. */
  readonly step: StepId;
  /** The first report after it. */
  readonly found: string | undefined;
  /** The step with which the board went on, and when. */
  readonly resumed: { readonly at: number; readonly step: ReportedStep } | undefined;
}

/** A board that is about to start with the firmware of the field. */
export const beginning = (route: Route, at: number): Following => ({
  route,
  startedAt: at,
  steps: route.steps.map(({ id, title }) => ({
    id,
    title,
    begunAt: undefined,
    doneAt: undefined,
    milliseconds: 0,
    tries: 0,
    failures: 0,
  })),
  current: route.steps[0]?.id ?? "deliver-repartitioner",
  unexpected: [],
  remarks: [],
  cuts: [],
  end: "going",
  banner: undefined,
  progressAt: at,
  delivery: undefined,
  reports: 0,
  heard: {},
});

export const indexOf = ({ steps }: Following, step: ReportedStep): number =>
  steps.findIndex(({ id }) => id === step);

export const stepOf = (following: Following, step: ReportedStep): FollowedStep | undefined =>
  following.steps[indexOf(following, step)];

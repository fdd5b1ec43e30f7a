import type { StepId } from "../migrate/plan/plan";

/** What the repartitioner reports on: the steps of a plan, and the way back to the firmware of before. */
export type ReportedStep = StepId | "go-back";

interface StepFacts {
  readonly title: string;
  /** Which of the 13 steps of the published procedure is done when this one is. */
  readonly published: number;
}

/** In the order in which a device does them. The plan of a migration says more of each, for its own slots. */
const steps: Readonly<Record<ReportedStep, StepFacts>> = {
  "deliver-repartitioner": { title: "The repartitioner is delivered", published: 2 },
  "start-repartitioner": { title: "The repartitioner starts", published: 3 },
  "check-device": { title: "The repartitioner looks at the device", published: 6 },
  "confirm-repartitioner": { title: "The repartitioner confirms itself", published: 6 },
  "copy-to-runner": { title: "The repartitioner copies itself", published: 7 },
  "start-from-runner": { title: "The repartitioner starts from the copy", published: 8 },
  "settle-otadata": { title: "otadata is made to mean the same in both tables", published: 8 },
  "erase-filesystem": { title: "The place of the filesystem is erased", published: 9 },
  "verify-table": { title: "The new table is verified in RAM", published: 9 },
  "write-table": { title: "The table sector is written", published: 9 },
  reset: { title: "The device resets", published: 9 },
  "check-target": { title: "The repartitioner checks what it has done", published: 10 },
  "download-micropython": { title: "MicroPython is downloaded", published: 11 },
  "select-micropython": { title: "MicroPython is chosen", published: 12 },
  "first-start": { title: "MicroPython starts for the first time", published: 13 },
  "go-back": { title: "The device goes back to its old firmware", published: 0 },
};

/** How many steps the published procedure has. */
export const STEP_COUNT = 13;

export const isReportedStep = (word: string): word is ReportedStep => Object.hasOwn(steps, word);

export const stepTitle = (step: ReportedStep): string => steps[step].title;

/** `step 9 of 13`; nothing for what is none of them. */
export const stepNumberText = (step: ReportedStep): string =>
  steps[step].published === 0 ? "" : `step ${steps[step].published} of ${STEP_COUNT}`;

export const publishedNumber = (step: ReportedStep): number => steps[step].published;

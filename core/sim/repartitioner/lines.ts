import type { StepId } from "../../migrate/plan/plan";
import { log, type Task } from "../effect";

/** The steps of a plan that the repartitioner makes, and the one that no plan has. */
export type LoggedStep = StepId | "go-back";

/** `started` where the work takes long; `stopped` where nothing more will be done. */
export type StepResult = "started" | "ok" | "failed" | "stopped";

/** One line for people and for machines: `crossflash: step=write-table result=failed attempt=2`. */
export const say = (step: LoggedStep, result: StepResult, ...details: readonly string[]): Task<void> =>
  log([`crossflash: step=${step} result=${result}`, ...details].join(" "));

export const resultOf = (isDone: boolean): StepResult => (isDone ? "ok" : "failed");

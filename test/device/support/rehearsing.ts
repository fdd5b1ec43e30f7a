import { expect } from "vitest";
import type { StepId } from "../../../core/migrate/plan/plan";
import { type CutChoice, noCuts, type PlannedCut } from "../../../core/rehearsal/cuts";
import type { RehearsalRun } from "../../../core/rehearsal/report";
import { isFault } from "../../../device/flasher/fault";
import { rehearse } from "../../../device/flows/rehearsal";
import { type DeskChanges, rehearsalDesk } from "./rehearsalDesk";
import { type FileChanges, rehearsalOf } from "./rehearsed";

export interface Wanted {
  readonly start?: string;
  readonly cuts?: CutChoice;
  readonly runs?: number;
  readonly files?: FileChanges;
  readonly desk?: DeskChanges;
}

export async function rehearsed({
  start = "app1",
  cuts = noCuts,
  runs = 1,
  files,
  desk: changes,
}: Wanted = {}) {
  const desk = rehearsalDesk(changes);
  const rehearsal = await rehearsalOf(files);
  const done = await rehearse(rehearsal, { start, cuts, runs }, desk);
  const [run] = done.runs;
  if (!run) throw new Error("there was no run");
  return { ...done, run, desk, rehearsal };
}

export const cutsOf = (...cuts: readonly PlannedCut[]): CutChoice => ({ kind: "cuts", cuts });
export const cutAt = (step: StepId, delay = 0): PlannedCut => ({ kind: "step", step, delay });

export function checkPassed({ result, checks, steps }: RehearsalRun): void {
  expect(result).toEqual({ isPassed: true, reasons: [] });
  expect(checks.map(({ id, isPassed }) => [id, isPassed])).toEqual([
    ["table", true],
    ["slot", true],
    ["otadata", true],
    ["filesystem", true],
    ["banner", true],
  ]);
  expect(steps.at(-1)?.doneAt).toBeGreaterThan(0);
}

export async function failureOf(
  work: Promise<unknown>,
): Promise<{ readonly kind: string; readonly message: string }> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (isFault(error)) return { kind: error.kind, message: error.message };
  throw new Error(`no fault: ${error}`);
}

import { neededOf } from "../hazard";
import type { ReplayedOperation } from "../report";
import type { Scenario } from "../scenario/scenario";
import { placeAt } from "../summary/places";
import { holdsTable } from "../sweep/success";
import type { SeenLife } from "./seeCase";

const AROUND = 3;

/** The operations before and behind each cut. */
export function operationsAround(
  scenario: Scenario,
  lives: readonly SeenLife[],
): readonly ReplayedOperation[] {
  const all = lives.flatMap((life, number) => operationsOf(scenario, life, number));
  const cuts = all.flatMap(({ cut }, at) => (cut === undefined ? [] : [at]));
  return all.filter((_, at) => cuts.some((cut) => Math.abs(cut - at) <= AROUND));
}

function operationsOf(
  scenario: Scenario,
  { run, firstOperation, cut }: SeenLife,
  life: number,
): ReplayedOperation[] {
  const { input, config } = scenario;
  const isNew = holdsTable(run.state.flash, config.tableOffset, neededOf(config.targetTable));
  const entries = isNew ? input.target : input.source.entries;
  return run.operations.map(({ index, op, offset, size, step, app }) => ({
    index: firstOperation + index,
    op,
    offset,
    size,
    place: placeAt(scenario, entries, offset),
    step,
    app,
    life,
    cut: cut?.operation === firstOperation + index ? cut.at : undefined,
  }));
}

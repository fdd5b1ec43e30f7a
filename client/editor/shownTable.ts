import { type Analysis, analyse } from "../../core/analyse";
import type { LayoutSnapshot } from "../../protocol/webview";
import type { LayoutFacts } from "./facts";
import type { LayoutDocument } from "./ports";
import { type SnapshotContext, snapshotOf, undrawnSnapshot } from "./snapshot";
import { whyUndrawn } from "./undrawn";

/** A table and what the panels show of it. */
export interface ShownTable {
  /** Undefined for what cannot be drawn: no rule is asked about it. */
  readonly analysis: Analysis | undefined;
  readonly snapshot: LayoutSnapshot;
}

/** Reads a table for the panels. It is asked for at each key that is hit, so what is no table costs little. */
export function shownTable(text: string, context: SnapshotContext): ShownTable {
  const { title, severities, surroundings } = context;
  const undrawn = whyUndrawn(title, text, surroundings.facts.environment);
  if (undrawn !== undefined) return { analysis: undefined, snapshot: undrawnSnapshot(undrawn, context) };
  const analysis = analyse(text, surroundings.facts, severities);
  return { analysis, snapshot: snapshotOf(analysis, context) };
}

/** Gives what is to be shown now; worked out once for each text, lock and set of facts, however often it is asked for. */
export function tableShower(document: LayoutDocument): (facts: LayoutFacts) => ShownTable {
  let last: (ShownTable & { readonly facts: LayoutFacts }) | undefined;
  return (facts) => {
    const { title, locked, version } = document;
    const { snapshot } = last ?? {};
    if (last?.facts === facts && snapshot?.version === version && snapshot.locked === locked) return last;
    last = { facts, ...shownTable(document.text(), { ...facts, version, title, locked }) };
    return last;
  };
}

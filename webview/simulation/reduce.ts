import { DEFAULT_FLEET } from "../../core/sim/losses";
import type { FromSimulation, ReplayAnswer, SimulationSnapshot } from "../../protocol/simulation";
import { operationOf, shownOf, startOf, startOfCase, worstCut } from "./selectors";
import type { PageEvent, State, Step } from "./state";
import { countText, verdictName } from "./words";

export const initialState: State = {
  start: "",
  selected: null,
  current: 0,
  onlyBad: false,
  fleet: DEFAULT_FLEET,
  announcement: "",
};

type Handlers = {
  readonly [K in PageEvent["kind"]]: (state: State, event: Extract<PageEvent, { kind: K }>) => Step;
};

/** What an event makes of the page, and what the host is told of it. Knows nothing of the document that draws it. */
export const reduce = (state: State, event: PageEvent): Step => handlers[event.kind](state, event as never);

const stay = (state: State): Step => ({ state, messages: [] });

const handlers: Handlers = {
  snapshot: (state, { snapshot }) => told(state, snapshot),
  replay: (state, { answer }) => stay(answered(state, answer)),
  select: (state, { id }) => select(state, id),
  pick,
  move: (state, { index }) => stay({ ...state, current: index }),
  start: (state, { start }) => stay(inSight({ ...state, start })),
  filter: (state, { onlyBad }) => stay(inSight({ ...state, onlyBad })),
  fleet: (state, { fleet }) => stay({ ...state, fleet: { ...state.fleet, ...fleet } }),
};

/** A case keeps its id over all runs, so the one that is looked at is looked at again. */
function told(state: State, snapshot: SimulationSnapshot): Step {
  const isNew = snapshot.run !== state.snapshot?.run;
  const hasEnded = snapshot.state !== "running" && (isNew || state.snapshot?.state === "running");
  const next = inSight({
    ...state,
    snapshot,
    answer: isNew ? undefined : state.answer,
    announcement: hasEnded ? ending(snapshot) : state.announcement,
  });
  return { state: next, messages: hasEnded ? question(next) : [] };
}

/** What is said when a run is over. */
function ending({ state, found, refusal }: SimulationSnapshot): string {
  if (state === "refused") return refusal ?? "";
  const { tried, planned } = found?.report.coverage ?? { tried: 0, planned: 0 };
  if (state === "cancelled") return `Cancelled after ${countText(tried)} of ${countText(planned)} cases.`;
  return `${countText(tried)} cases simulated. ${found?.report.conclusion.sentences[0] ?? ""}`.trim();
}

function answered(state: State, answer: ReplayAnswer): State {
  const isWanted = answer.run === state.snapshot?.run && answer.id === state.selected;
  return isWanted ? { ...state, answer, announcement: answerWords(answer) } : state;
}

const answerWords = ({ replay, fault }: ReplayAnswer): string =>
  replay ? `${verdictName[replay.verdict]}: ${replay.narrative[0] ?? ""}` : (fault ?? "");

function pick(state: State, { index }: { readonly index: number }): Step {
  const operation = startOf(state)?.operations.find((other) => other.index === index);
  const cut = operation && worstCut(operation);
  return cut ? select(state, cut.id) : stay({ ...state, current: index });
}

function select(before: State, id: string | null): Step {
  const state = { ...before, start: startOfCase(before, id)?.start ?? before.start };
  const operation = operationOf(state, id);
  const next: State = {
    ...state,
    selected: id,
    current: operation?.index ?? state.current,
    answer: state.answer?.id === id ? state.answer : undefined,
  };
  return { state: next, messages: next.answer ? [] : question(next) };
}

/** Asks for the case that is looked at, where nobody knows it yet. */
function question({ snapshot, selected, answer }: State): readonly FromSimulation[] {
  if (!snapshot?.found || selected === null || answer) return [];
  return [{ name: "showCase", params: { run: snapshot.run, id: selected } }];
}

/** The keyboard stays on a mark that is drawn: where its own is gone, on the next one. */
function inSight(state: State): State {
  const shown = shownOf(state);
  const next = shown.find(({ index }) => index >= state.current) ?? shown.at(-1);
  return next === undefined || next.index === state.current ? state : { ...state, current: next.index };
}

import { type LayoutIntent, NEW_ROW } from "../core/edit/intent";
import { cancel, drag, drop, grab, limit, nudge } from "./gesture";
import { announced, answered, edit, enqueue, isDone, refused } from "./pending";
import { keyOfRow, rowOfKey } from "./rows";
import { baseOf, drawnRowOf, originOf } from "./selectors";
import type { PageEvent, State, Step } from "./state";
import { intentWords } from "./words";

export const initialState: State = { selected: null, pending: [], announcement: "" };

type Handlers = {
  readonly [K in PageEvent["kind"]]: (state: State, event: Extract<PageEvent, { kind: K }>) => Step;
};

/** What an event makes of the page, and what the host is told of it. Knows nothing of the document that draws it. */
export const reduce = (state: State, event: PageEvent): Step => handlers[event.kind](state, event as never);

const stay = (state: State): Step => ({ state, messages: [] });

const handlers: Handlers = {
  snapshot: (state, { snapshot }) => answered(state, snapshot),
  refused: (state, { message }) => refused(state, message),
  cursor,
  select,
  grab,
  drag,
  nudge,
  limit,
  drop,
  cancel,
  intent: (state, { intent }) => change({ ...state, gesture: undefined, refusal: undefined }, intent),
};

/** The cursor moves with the text below it while something is dragged; only the user's own moves count. */
function cursor(state: State, { row }: { readonly row: number | null }): Step {
  const drawn = row === null || state.gesture ? NEW_ROW : drawnRowOf(state, row);
  return stay(drawn === NEW_ROW ? state : { ...state, selected: keyOfRow(drawn) });
}

function select(state: State, { key }: { readonly key: string | null }): Step {
  const next: State = { ...state, selected: key, refusal: undefined };
  const drawn = rowOfKey(key);
  const row = drawn === undefined ? null : originOf(state, drawn);
  // The host has the rows of the snapshot: one that is being added is not there yet.
  const isTold = key !== state.selected && row !== NEW_ROW;
  return { state: next, messages: isTold ? [{ name: "select", params: { row } }] : [] };
}

function change(state: State, intent: LayoutIntent): Step {
  const { snapshot } = state;
  if (!snapshot) return stay(state);
  if (snapshot.locked !== undefined) return stay(announced(state, snapshot.locked));
  const rows = baseOf(state);
  const edited = edit(rows, intent, snapshot.options);
  if (!edited.ok) return stay(announced(state, edited.message));
  if (isDone(state, intent, edited.rows)) return stay(state);
  return enqueue({ ...state, announcement: intentWords(intent, rows) }, intent, edited.rows);
}

import { applyIntent } from "../core/edit/apply";
import { type EditOptions, type LayoutIntent, type LayoutRow, NEW_ROW } from "../core/edit/intent";
import type { Edited } from "../core/edit/outcome";
import { columns } from "../core/table/csv";
import type { FromWebview, LayoutSnapshot } from "../protocol/webview";
import { isSameBut, isSameShape, keyOfRow, numbered, rowOfKey } from "./rows";
import { baseOf, originOf, sceneOfState } from "./selectors";
import type { Gesture, Pending, State, Step } from "./state";
import { interrupted, overtaken } from "./words";

/** The rows after a change, as far as they are known without the text: what typing does, only the host can say. */
export const edit = (rows: readonly LayoutRow[], intent: LayoutIntent, options: EditOptions): Edited =>
  intent.kind === "write" ? { ok: true, rows } : applyIntent(rows, intent, options);

/** Whether all is so already: rows that stay as they are, are the same objects. */
export function isDone(state: State, intent: LayoutIntent, after: readonly LayoutRow[]): boolean {
  if (intent.kind !== "write") {
    const before = baseOf(state);
    return before.length === after.length && before.every((row, index) => row === after[index]);
  }
  // While a change is under way, nobody knows what the fields will say.
  const { cells = [] } = (state.pending.length === 0 && state.snapshot?.rows[intent.row]) || {};
  return columns.every((column, index) => (intent.cells[column] ?? cells[index]) === cells[index]);
}

/** A finished change: shown at once, sent when everything before it is answered. */
export function enqueue(state: State, intent: LayoutIntent, rows: readonly LayoutRow[]): Step {
  const next: State = {
    ...state,
    gesture: undefined,
    selected: selectedAfter(state, intent, rows),
    pending: [...state.pending, pendingOf(state, intent, rows)],
  };
  return { state: next, messages: state.pending.length === 0 ? firstOf(next) : [] };
}

const pendingOf = (state: State, intent: LayoutIntent, rows: readonly LayoutRow[]): Pending => ({
  intent,
  rows: numbered(rows),
  origins: rows.map(({ row }) => (row === NEW_ROW ? NEW_ROW : originOf(state, row))),
});

const firstOf = ({ pending: [first], snapshot }: State): FromWebview[] =>
  first && snapshot
    ? [{ name: "applyIntent", params: { baseVersion: snapshot.version, intent: first.intent } }]
    : [];

/** The selection follows its row; a new row is selected, and instead of a deleted one the one that took its position. */
function selectedAfter({ selected }: State, intent: LayoutIntent, rows: readonly LayoutRow[]): string | null {
  const wanted = intent.kind === "add" ? NEW_ROW : rowOfKey(selected);
  if (wanted === undefined) return selected;
  const index = rows.findIndex(({ row }) => row === wanted);
  if (index !== -1) return keyOfRow(index);
  return rows.length === 0 ? null : keyOfRow(Math.min(wanted, rows.length - 1));
}

/** A snapshot of a changed text answers what was sent; what waited is sent now, if the table is the one that it was meant for. */
export function answered(state: State, snapshot: LayoutSnapshot): Step {
  // New facts about the same text: the answer is still to come.
  if (snapshot.version === state.snapshot?.version) return settled({ ...state, snapshot }, baseOf(state), []);
  const [sent, ...waiting] = state.pending;
  const fresh: State = { ...state, snapshot, pending: [] };
  const next = sent && isExpected(sent, waiting, snapshot.rows) ? replayed(fresh, waiting) : undefined;
  if (next) return settled(next, baseOf(state), firstOf(next));
  return settled(waiting.length > 0 ? announced(fresh, overtaken) : fresh, baseOf(state), []);
}

/** Nothing that was sent or waits will happen. */
export const refused = (state: State, message: string): Step =>
  settled(announced({ ...state, pending: [] }, message), baseOf(state), []);

/** Says why nothing was changed, to the eye and to the ear. */
export const announced = (state: State, message: string): State => ({
  ...state,
  refusal: message,
  announcement: message,
});

/** Whether the table is what the waiting changes were made for. Fields that are typed one after the other need not wait. */
const isExpected = (
  { intent, rows }: Pending,
  waiting: readonly Pending[],
  now: readonly LayoutRow[],
): boolean =>
  isSameShape(rows, now) ||
  (intent.kind === "write" &&
    waiting.every((change) => change.intent.kind === "write") &&
    isSameBut(rows, now, intent.row));

function replayed(fresh: State, waiting: readonly Pending[]): State | undefined {
  let state = fresh;
  for (const { intent } of waiting) {
    const edited = fresh.snapshot && edit(baseOf(state), intent, fresh.snapshot.options);
    if (!edited?.ok) return undefined;
    if (isDone(state, intent, edited.rows)) continue;
    state = { ...state, pending: [...state.pending, pendingOf(state, intent, edited.rows)] };
  }
  return state;
}

/** What is held stays in the hand while the rows below it are the same; what is selected, while it exists. */
function settled(state: State, before: readonly LayoutRow[], messages: readonly FromWebview[]): Step {
  const gesture = state.gesture && carried(state.gesture, before, state);
  const kept: State = { ...state, gesture };
  const told = state.gesture && !gesture && !state.refusal ? announced(kept, interrupted) : kept;
  return { state: { ...told, selected: isThere(told) ? told.selected : null }, messages };
}

function carried(gesture: Gesture, before: readonly LayoutRow[], state: State): Gesture | undefined {
  const { snapshot } = state;
  const rows = baseOf(state);
  if (!snapshot || snapshot.locked !== undefined || !isSameShape(before, rows)) return undefined;
  if (!gesture.intent) return { ...gesture, rows };
  const edited = edit(rows, gesture.intent, snapshot.options);
  return edited.ok ? { ...gesture, rows: edited.rows } : undefined;
}

/** A row without a place counts as well: it has none only until its text is complete. */
function isThere(state: State): boolean {
  const row = rowOfKey(state.selected);
  if (row !== undefined) return row < baseOf(state).length;
  return sceneOfState(state).regions.some(({ key }) => key === state.selected);
}

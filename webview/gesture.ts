import { rowFault } from "../core/edit/checkPlace";
import { dragLimits, dragTo, type Handle } from "../core/edit/drag";
import type { LayoutRow, Place } from "../core/edit/intent";
import { placeRows } from "../core/table/table";
import { alignDown, alignUp } from "../core/text/units";
import type { LayoutSnapshot } from "../protocol/webview";
import { announced, edit, enqueue } from "./pending";
import { placeOf } from "./rows";
import { baseOf, originOf } from "./selectors";
import type { Gesture, PageEvent, State, Step } from "./state";
import { cancelled, dragWords, type Placed, stuckText, touchingWords, variableText } from "./words";

type EventOf<K extends PageEvent["kind"]> = Extract<PageEvent, { kind: K }>;

const stay = (state: State): Step => ({ state, messages: [] });
const nameOf = (rows: readonly LayoutRow[], row: number): string =>
  rows.find((other) => other.row === row)?.name ?? "";

/** Takes hold of a handle. What was held before goes back. */
export function grab(state: State, { row, handle }: EventOf<"grab">): Step {
  const { snapshot, gesture } = state;
  if (!snapshot || (gesture?.row === row && gesture.handle === handle)) return stay(state);
  const free: State = { ...state, gesture: undefined, refusal: undefined };
  const rows = baseOf(free);
  const refusal = whyHeld(free, snapshot, row, handle);
  return stay(refusal === undefined ? { ...free, gesture: { row, handle, rows } } : announced(free, refusal));
}

function whyHeld(state: State, snapshot: LayoutSnapshot, row: number, handle: Handle): string | undefined {
  const rows = baseOf(state);
  if (snapshot.locked !== undefined) return snapshot.locked;
  if (isVariable(state, snapshot, row)) return variableText(nameOf(rows, row));
  if (dragLimits(rows, snapshot.options, row, handle)) return undefined;
  const found = rows.find((other) => other.row === row);
  return rowFault(found, row, placeOf(rows, snapshot.options, row)) ?? stuckText(nameOf(rows, row));
}

const isVariable = (state: State, { rows }: LayoutSnapshot, row: number): boolean =>
  rows[originOf(state, row)]?.isFixed === true;

/** What is being held, and what that takes. */
interface Held {
  readonly state: State;
  readonly snapshot: LayoutSnapshot;
  readonly gesture: Gesture;
}

const whileHeld =
  <E>(move: (held: Held, event: E) => Step) =>
  (state: State, event: E): Step => {
    const { snapshot, gesture } = state;
    return snapshot && gesture ? move({ state, snapshot, gesture }, event) : stay(state);
  };

export const drag = whileHeld((held, { to, step }: EventOf<"drag">) => moveTo(held, to, step));

/**
 * One or more steps on, onto multiples of the step. A partition that cannot go a single step further goes on as far as it
 * takes: over its neighbour into the next gap.
 */
export const nudge = whileHeld((held, { steps, step: wanted }: EventOf<"nudge">) => {
  const limits = limitsOf(held);
  const at = addressOf(held);
  if (!limits || at === undefined || steps === 0) return stay(held.state);
  const step = Math.max(wanted, limits.step);
  const align = steps > 0 ? alignDown : alignUp;
  for (let distance = steps * step; ; distance *= 2) {
    const to = align(at + distance, step);
    const isLast = to <= limits.min || limits.max <= to;
    const next = moveTo(held, to, step);
    if (isLast || handleIn(held, next.state) !== at) return next;
  }
});

/** An edge that touches a neighbour is there already: one key must not take all that the neighbour has. */
export const limit = whileHeld((held, { side }: EventOf<"limit">) => {
  const neighbour = side === (held.gesture.handle === "end" ? 1 : -1) ? touching(held) : undefined;
  if (neighbour) return stay({ ...held.state, announcement: touchingWords(neighbour.name) });
  const limits = limitsOf(held);
  return limits ? moveTo(held, side < 0 ? limits.min : limits.max, limits.step) : stay(held.state);
});

export const drop = whileHeld(({ state, gesture }: Held) =>
  gesture.intent ? enqueue(state, gesture.intent, gesture.rows) : stay({ ...state, gesture: undefined }),
);

export const cancel = whileHeld(({ state, gesture }: Held) =>
  stay({ ...state, gesture: undefined, announcement: cancelled(nameOf(gesture.rows, gesture.row)) }),
);

/** The partition on the other side of an edge. */
function touching({ snapshot, gesture }: Held): Placed | undefined {
  const { row, handle, rows } = gesture;
  const own = placeOf(rows, snapshot.options, row);
  if (!own || handle === "body") return undefined;
  return placeRows(rows, snapshot.options).find((other) =>
    handle === "end" ? other.offset === own.offset + own.size : other.offset + other.size === own.offset,
  );
}

const limitsOf = ({ state, snapshot, gesture }: Held) =>
  dragLimits(baseOf(state), snapshot.options, gesture.row, gesture.handle);

const addressOf = (held: Held): number | undefined => handleIn(held, held.state);

/** Where the handle is in a state, in bytes. */
function handleIn({ snapshot, gesture }: Held, state: State): number | undefined {
  const place = placeOf(state.gesture?.rows ?? [], snapshot.options, gesture.row);
  return place && (gesture.handle === "end" ? place.offset + place.size : place.offset);
}

/** Always from where the drag began, so that going back restores everything. */
function moveTo({ state, snapshot, gesture }: Held, to: number, step: number): Step {
  const { row, handle } = gesture;
  const base = baseOf(state);
  const places = dragTo(base, snapshot.options, row, handle, to, step);
  const variable = places.find((place) => isVariable(state, snapshot, place.row));
  if (variable) return stay(announced(state, variableText(nameOf(base, variable.row))));
  const intent = { kind: "place", places } as const;
  const edited = places.length > 0 ? edit(base, intent, snapshot.options) : undefined;
  if (edited?.ok === false) return stay(announced(state, edited.message));
  const next: Gesture = edited ? { row, handle, rows: edited.rows, intent } : { row, handle, rows: base };
  const words = wordsOf(next, places.length > 0 ? places : resting(base, snapshot, row));
  return stay({ ...state, gesture: next, refusal: undefined, announcement: words });
}

const resting = (rows: readonly LayoutRow[], { options }: LayoutSnapshot, row: number): readonly Place[] =>
  [placeOf(rows, options, row)].filter((place) => place !== undefined);

function wordsOf({ row, handle, rows }: Gesture, places: readonly Place[]): string {
  const placed = places.map((place): Placed & Place => ({ ...place, name: nameOf(rows, place.row) }));
  const moved = placed.find((place) => place.row === row);
  return moved
    ? dragWords(
        handle,
        moved,
        placed.filter((place) => place !== moved),
      )
    : "";
}

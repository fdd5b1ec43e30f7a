import type { PageEvent } from "./state";

/** A key as an event of the keyboard tells it. */
export interface KeyPress {
  readonly key: string;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
}

/** How far one arrow key moves a handle, in bytes; with Shift as far as a mapped page of flash is long. */
export const STEP = 0x1000;
export const LARGE_STEP = 0x10000;

/** What a key does to a region that has the focus. */
export type RegionAction =
  | { readonly kind: "go"; readonly to: "previous" | "next" | "first" | "last" }
  | { readonly kind: "reorder"; readonly by: -1 | 1 }
  | { readonly kind: "rename" }
  | { readonly kind: "delete" };

export type ZoomAction = { readonly kind: "zoom"; readonly to: "in" | "out" | "whole" };

/** What a key does to a handle: an event for the reducer. Down and right are higher addresses, as in the map. */
export function handleKey(press: KeyPress): PageEvent | undefined {
  if (isForEditor(press) || press.altKey) return undefined;
  const step = press.shiftKey ? LARGE_STEP : STEP;
  switch (press.key) {
    case "ArrowDown":
    case "ArrowRight":
      return { kind: "nudge", steps: 1, step };
    case "ArrowUp":
    case "ArrowLeft":
      return { kind: "nudge", steps: -1, step };
    case "Home":
      return { kind: "limit", side: -1 };
    case "End":
      return { kind: "limit", side: 1 };
    case "Enter":
      return { kind: "drop" };
    case "Escape":
      return { kind: "cancel" };
    default:
      return undefined;
  }
}

export function regionKey(press: KeyPress): RegionAction | ZoomAction | undefined {
  if (isForEditor(press)) return undefined;
  if (press.altKey) return reorderings.get(press.key);
  return press.shiftKey ? mapKey(press) : (regionActions.get(press.key) ?? mapKey(press));
}

/** What a key does anywhere on the map. `=` and `_` are the same keys as `+` and `-`. */
export const mapKey = (press: KeyPress): ZoomAction | undefined =>
  isForEditor(press) || press.altKey ? undefined : zooms.get(press.key);

/** Combinations with Ctrl or Cmd are VS Code's; where AltGr writes a character, Windows tells it as Ctrl and Alt. */
const isForEditor = ({ ctrlKey, metaKey }: KeyPress): boolean => ctrlKey || metaKey;

/** No plain objects: those know `constructor` and others. */
const keys = <Action>(actions: Readonly<Record<string, Action>>): ReadonlyMap<string, Action> =>
  new Map(Object.entries(actions));

const reorderings = keys<RegionAction>({
  ArrowUp: { kind: "reorder", by: -1 },
  ArrowDown: { kind: "reorder", by: 1 },
});

const regionActions = keys<RegionAction>({
  ArrowUp: { kind: "go", to: "previous" },
  ArrowDown: { kind: "go", to: "next" },
  Home: { kind: "go", to: "first" },
  End: { kind: "go", to: "last" },
  F2: { kind: "rename" },
  Delete: { kind: "delete" },
  // Keyboards of a Mac have no other Delete.
  Backspace: { kind: "delete" },
});

const zooms = keys<ZoomAction>({
  "+": { kind: "zoom", to: "in" },
  "=": { kind: "zoom", to: "in" },
  "-": { kind: "zoom", to: "out" },
  _: { kind: "zoom", to: "out" },
  "0": { kind: "zoom", to: "whole" },
});

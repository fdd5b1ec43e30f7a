import type { Handle } from "../core/edit/drag";
import type { LayoutIntent, LayoutRow } from "../core/edit/intent";
import type { FromWebview, LayoutSnapshot } from "../protocol/webview";

/** A handle that is being moved, by pointer or by keys. Nothing is sent before it is let go. */
export interface Gesture {
  readonly row: number;
  readonly handle: Handle;
  /** The rows as they would be now; each keeps its number, also where it changes its position. */
  readonly rows: readonly LayoutRow[];
  /** What letting go would send; missing while nothing has moved. */
  readonly intent?: LayoutIntent;
}

/** A change that is finished and shown, but that the host has not answered yet. */
export interface Pending {
  readonly intent: LayoutIntent;
  /** The rows after it, numbered by their positions, as the host will number them. */
  readonly rows: readonly LayoutRow[];
  /** For each of these rows its number in the snapshot; `NEW_ROW` for one that is not in it. */
  readonly origins: readonly number[];
}

/** All that the page knows. The picture is a function of it. */
export interface State {
  readonly snapshot?: LayoutSnapshot;
  /** The key of the selected region, as in the scene. */
  readonly selected: string | null;
  readonly gesture?: Gesture | undefined;
  /** In order; the first has been sent, each of the others goes with the answer to the one before. */
  readonly pending: readonly Pending[];
  /** Why nothing was changed; shown until the next thing that the user does. */
  readonly refusal?: string | undefined;
  /** The last sentence for screen readers. */
  readonly announcement: string;
}

/** What happens to the page. Addresses in bytes, rows by their numbers in `rowsOf(state)`. */
export type PageEvent =
  | { readonly kind: "snapshot"; readonly snapshot: LayoutSnapshot }
  | { readonly kind: "refused"; readonly message: string }
  /** The text cursor went into this row. */
  | { readonly kind: "cursor"; readonly row: number | null }
  | { readonly kind: "select"; readonly key: string | null }
  | { readonly kind: "grab"; readonly row: number; readonly handle: Handle }
  /** The handle is to lie at this address; `step` is what it snaps to. */
  | { readonly kind: "drag"; readonly to: number; readonly step: number }
  | { readonly kind: "nudge"; readonly steps: number; readonly step: number }
  /** As far as it goes: to the neighbour below (`-1`) or above (`1`) in address. */
  | { readonly kind: "limit"; readonly side: -1 | 1 }
  | { readonly kind: "drop" }
  | { readonly kind: "cancel" }
  /** Something that needs no drag: a button, a field of the grid. */
  | { readonly kind: "intent"; readonly intent: LayoutIntent };

/** The next state, and what to tell the host. */
export interface Step {
  readonly state: State;
  readonly messages: readonly FromWebview[];
}

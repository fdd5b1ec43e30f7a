import type { StartReport } from "../../../core/sim/report";
import type { FromSimulation, SimulationSnapshot } from "../../../protocol/simulation";
import type { Band } from "../bands";
import type { PageEvent, State } from "../state";

/** What belongs to this page alone and is worth nothing to anybody else. */
export interface Ui {
  /** Of the page's content, in CSS pixels. */
  readonly width: number;
  readonly zoom: Zoom;
}

/** How large a mark is. */
export type Zoom = "small" | "middle" | "large";
export const zooms = ["small", "middle", "large"] as const satisfies readonly Zoom[];

/** What a view may set off. */
export interface Actions {
  dispatch(event: PageEvent): void;
  send(message: FromSimulation): void;
  setUi(change: Partial<Ui>): void;
  /** Looks at an operation and gives its mark the keyboard. */
  focusMark(index: number): void;
}

/** All that one drawing of the page is made of. */
export interface Frame {
  readonly state: State;
  readonly snapshot: SimulationSnapshot;
  readonly start: StartReport | undefined;
  readonly bands: readonly Band[];
  readonly ui: Ui;
  readonly actions: Actions;
}

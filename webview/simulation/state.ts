import type { Fleet } from "../../core/sim/losses";
import type { FromSimulation, ReplayAnswer, SimulationSnapshot } from "../../protocol/simulation";

/** All that the page knows. The picture is a function of it. */
export interface State {
  readonly snapshot?: SimulationSnapshot;
  /** Name of the app partition whose operations are drawn; the first one where it is not there. */
  readonly start: string;
  /** The id of the case that is looked at. */
  readonly selected: string | null;
  /** The operation that has the keyboard among the marks, by its index. */
  readonly current: number;
  /** Shows only operations at which a cut ends badly. */
  readonly onlyBad: boolean;
  readonly fleet: Fleet;
  /** What the host answered of the selected case. */
  readonly answer?: ReplayAnswer | undefined;
  /** The last sentence for screen readers. */
  readonly announcement: string;
}

/** What happens to the page. */
export type PageEvent =
  | { readonly kind: "snapshot"; readonly snapshot: SimulationSnapshot }
  | { readonly kind: "replay"; readonly answer: ReplayAnswer }
  /** A case is looked at, or none any more. */
  | { readonly kind: "select"; readonly id: string | null }
  /** The worst case of an operation is looked at. */
  | { readonly kind: "pick"; readonly index: number }
  /** The keyboard goes to the mark of an operation. */
  | { readonly kind: "move"; readonly index: number }
  | { readonly kind: "start"; readonly start: string }
  | { readonly kind: "filter"; readonly onlyBad: boolean }
  | { readonly kind: "fleet"; readonly fleet: Partial<Fleet> };

/** The next state, and what to tell the host. */
export interface Step {
  readonly state: State;
  readonly messages: readonly FromSimulation[];
}

/** What the page remembers while it is hidden; everything else comes from the host. */
export type Kept = Pick<State, "start" | "selected" | "onlyBad" | "fleet">;

export const keptOf = ({ start, selected, onlyBad, fleet }: State): Kept => ({
  start,
  selected,
  onlyBad,
  fleet,
});

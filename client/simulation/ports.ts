import type { CaseReplay } from "../../core/sim/report";
import type { SimulationFinding, SimulationWish, ToSimulationMessage } from "../../protocol/simulation";

/** How a simulation ended. */
export type SimulationOutcome =
  | { readonly kind: "done"; readonly found: SimulationFinding }
  | { readonly kind: "cancelled" }
  /** Why, as a sentence. */
  | { readonly kind: "refused"; readonly message: string };

export type ReplayOutcome =
  | { readonly kind: "done"; readonly replay: CaseReplay }
  | { readonly kind: "refused"; readonly message: string };

/** Who simulates one migration. Neither of the two ever rejects. */
export interface Simulator {
  /** `tell` gets all that was found so far, now and then. */
  simulate(
    wish: SimulationWish,
    tell: (found: SimulationFinding) => void,
    signal: AbortSignal,
  ): Promise<SimulationOutcome>;
  replay(id: string): Promise<ReplayOutcome>;
}

/** The window around the page. */
export interface SimulationWindow {
  /** The path of the manifest, as people know it. */
  readonly title: string;
  /** A page that is hidden is gone; it says `ready` again when it is shown. */
  readonly isVisible: boolean;
  post(message: ToSimulationMessage): void;
  showPlan(): void;
  showManifest(): void;
  copy(text: string): void;
  log(message: string): void;
}

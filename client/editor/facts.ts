import type { Surroundings } from "../../core/project/surroundings";
import type { SeverityOverrides } from "../../core/rules/check";

/** All beyond the text on which the picture of a table depends. */
export interface LayoutFacts {
  readonly surroundings: Surroundings;
  readonly severities: SeverityOverrides;
}

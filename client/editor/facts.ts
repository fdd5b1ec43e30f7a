import type { Surroundings } from "../../core/project/surroundings";
import type { SeverityOverrides } from "../../core/rules/check";

/** All beyond the text on which the picture of a table depends. */
export interface LayoutFacts {
  readonly surroundings: Surroundings;
  readonly severities: SeverityOverrides;
  /** The table that the devices have today, where the manifest names one. */
  readonly source?: SourceTable | undefined;
}

export interface SourceTable {
  /** The path as the manifest writes it. */
  readonly title: string;
  /** Undefined where it cannot be read: then `fault` says why, as a sentence. */
  readonly text: string | undefined;
  readonly fault: string;
}

import type { Facts } from "../facts";
import type { CsvDocument } from "../table/csv";
import type { PlacedEntry } from "../table/entry";
import type { FlashLayout } from "../table/layout";
import type { PartitionTable } from "../table/table";
import type { Span, TextEdit } from "../text/span";

/**
 * `error` exactly when Espressif's tool refuses the table, the device would not boot or MicroPython would not start;
 * `warning` when something is lost or a later update becomes impossible; `information` for advice.
 */
export type Severity = "error" | "warning" | "information";

/**
 * Where `gen_esp32part.py` refuses, in the order in which it gets there; `device` is what the tool accepts and a
 * device, or its next update, does not. `build` refuses only what the tool refuses, everything else refuses errors.
 */
export type Stage = "options" | "read" | "place" | "verify" | "flash" | "encode" | "device";

/** All that a rule may look at. */
export interface Subject {
  readonly csv: CsvDocument;
  readonly table: PartitionTable;
  readonly layout: FlashLayout;
  readonly facts: Facts;
}

/** Another place that explains the problem, such as the other partition of an overlap. */
export interface Related {
  readonly at: Span;
  readonly message: string;
}

/** A change of the text that mends a problem, or an action that only a host can do. */
export type Fix = { readonly title: string } & (
  | { readonly edits: readonly TextEdit[] }
  | { readonly action: "extract-app" | "choose-micropython" | "export-header" }
);

/** What a rule found: where, a sentence that says what and what to do, and fixes, the best first. */
export interface Finding {
  readonly at: Span;
  /** Whether it is about no row in particular: then `at` is only where a text can show it. */
  readonly isAboutTable?: true;
  /** Where the tool gets to this one, when that is not the stage of the rule. */
  readonly stage?: Stage;
  readonly message: string;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
}

/** A fact without which a rule has nothing to say. */
export type NeededFact =
  | "flashSize"
  | "chip"
  | "micropython"
  | "source"
  | "repartitioner"
  | "header"
  | "build";

export interface Rule {
  /** Also the file name, the diagnostic's code, the settings key and the anchor in the docs. */
  readonly id: string;
  readonly severity: Severity;
  readonly stage: Stage;
  readonly needs: readonly NeededFact[];
  /** One sentence for the settings and the head of the docs. */
  readonly summary: string;
  /** What happens otherwise, for the docs; Markdown. */
  readonly why: string;
  /** Where the rule comes from: file and function of ESP-IDF, or of MicroPython, or what was seen on a device. */
  readonly source: string;
  readonly check: (subject: Subject) => Iterable<Finding>;
}

/** A finding with the name and the weight of its rule. */
export interface Problem extends Finding {
  readonly id: string;
  readonly severity: Severity;
  readonly stage: Stage;
}

/** Keeps the literal type of the id, so that the list of rules yields the union of all ids. */
export const defineRule = <const Id extends string>(
  rule: Rule & { readonly id: Id },
): Rule & { readonly id: Id } => rule;

/** The partition's name for a message; an empty one is shown as such. */
export const quoted = ({ name }: Pick<PlacedEntry, "name">): string => `'${name}'`;

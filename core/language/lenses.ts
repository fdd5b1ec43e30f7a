import type { Analysis } from "../analyse";
import { type Span, span } from "../text/span";
import { fitOf } from "./fit";

/** A line above the table that says how things stand and acts when it is clicked. */
export interface Lens {
  readonly span: Span;
  readonly title: string;
  readonly action: "export-header" | "choose-micropython" | "open-layout";
}

/** What the lenses tell of the header that the table is exported into. */
export interface LensHeader {
  /** The path as the manifest writes it. */
  readonly name: string;
  readonly state: "in-sync" | "out-of-date" | "unreadable" | "missing";
}

/** `header` is missing where the project names none. */
export function lenses(analysis: Analysis, header: LensHeader | undefined): Lens[] {
  const first = analysis.csv.lines[0]?.span;
  const at = span(0, first?.end ?? 0);
  return [
    { span: at, title: "Open Flash Layout", action: "open-layout" },
    { span: at, title: exportTitle(analysis, header), action: "export-header" },
    { span: at, title: binaryTitle(analysis), action: "choose-micropython" },
  ];
}

function exportTitle({ problems }: Analysis, header: LensHeader | undefined): string {
  const errors = problems.filter(({ severity }) => severity === "error").length;
  if (errors > 0) return `Export final_table (${errors} ${errors === 1 ? "error" : "errors"} to fix first)`;
  return header
    ? `Export final_table to ${header.name} (${stateWords[header.state]})`
    : "Export final_table to repartition.h";
}

const stateWords: Readonly<Record<LensHeader["state"], string>> = {
  "in-sync": "in sync",
  "out-of-date": "out of date",
  unreadable: "the header cannot be read",
  missing: "new file",
};

function binaryTitle(analysis: Analysis): string {
  const binary = analysis.facts.micropython;
  if (!binary) return "Choose MicroPython Binary…";
  return `${binary.title || binary.name}: ${fitOf(analysis, binary).phrase}`;
}

import type { Verdict } from "../../compat/evidence";
import type { Picture } from "../../picture/picture";

/** What must not be overlooked; every writer says it in words, for colours are not printed. */
export type Mark = Verdict | "error" | "warning" | "hazard" | "no-return" | "passed" | "failed";

export const markWords: Readonly<Record<Mark, string>> = {
  refused: "REFUSED",
  unknown: "UNKNOWN",
  risky: "RISKY",
  supported: "SUPPORTED",
  error: "ERROR",
  warning: "WARNING",
  hazard: "HAZARD WINDOW",
  "no-return": "POINT OF NO RETURN",
  passed: "PASSED",
  failed: "NOT PASSED",
};

export interface Column {
  readonly title: string;
  readonly isNumber?: true;
}

/** A word and what is said of it, as whole sentences or values. */
export interface Term {
  readonly term: string;
  readonly texts: readonly string[];
}

/**
 * A piece of a document, whatever it is written as. No text in it is markup, and any of it may come from outside: writers
 * escape all of it.
 */
export type Block =
  | { readonly kind: "heading"; readonly level: 1 | 2 | 3; readonly text: string }
  | { readonly kind: "paragraph"; readonly text: string; readonly mark?: Mark | undefined }
  | { readonly kind: "items"; readonly items: readonly string[] }
  | { readonly kind: "terms"; readonly terms: readonly Term[] }
  | {
      readonly kind: "table";
      readonly columns: readonly Column[];
      readonly rows: readonly (readonly string[])[];
    }
  | { readonly kind: "picture"; readonly picture: Picture }
  | { readonly kind: "code"; readonly text: string };

export const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: "heading", level, text });
export const paragraph = (text: string, mark?: Mark): Block => ({ kind: "paragraph", text, mark });
/** Nothing where there are none. */
export const items = (texts: readonly string[]): Block[] =>
  texts.length === 0 ? [] : [{ kind: "items", items: texts }];
export const terms = (list: readonly Term[]): Block => ({ kind: "terms", terms: list });
export const table = (columns: readonly Column[], rows: readonly (readonly string[])[]): Block => ({
  kind: "table",
  columns,
  rows,
});

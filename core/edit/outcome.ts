import type { TextEdit } from "../text/span";
import type { LayoutIntent, LayoutRow } from "./intent";

/** Nothing is changed; the message says what, where and what to do, in full sentences. */
export interface Refusal {
  readonly ok: false;
  readonly message: string;
}

export const refuse = (message: string): Refusal => ({ ok: false, message });

/** The rows after an intent, in their new order. Each keeps the number that it had before. */
export type Edited = { readonly ok: true; readonly rows: readonly LayoutRow[] } | Refusal;

/** What to ask for, so that it can be applied to rows as well as to text. */
export type Wanted = { readonly ok: true; readonly intent: LayoutIntent } | Refusal;

/** The changes of a text. They do not touch one another, and none of them changes nothing. */
export type EditedText = { readonly ok: true; readonly edits: readonly TextEdit[] } | Refusal;

import { type Analysis, analyse } from "../../../core/analyse";
import { applyEdits, type TextEdit } from "../../../core/text/span";
import { parseFixture } from "../../support/fixture";

export interface CursorText {
  readonly analysis: Analysis;
  readonly offset: number;
  readonly text: string;
}

/** A CSV with `$0` where the cursor stands; `#-` lines give facts as in the fixtures of the rules. */
export function withCursor(marked: string): CursorText {
  const { text: withMark, facts } = parseFixture(marked);
  const offset = withMark.indexOf("$0");
  if (offset === -1) throw new Error("The text has no $0.");
  const text = withMark.replace("$0", "");
  return { analysis: analyse(text, facts), offset, text };
}

export function analysed(source: string): Analysis {
  const { text, facts } = parseFixture(source);
  return analyse(text, facts);
}

export const applied = (text: string, edits: readonly TextEdit[]): string => applyEdits(text, edits);

import { type Analysis, analyse } from "../../core/analyse";
import { complete } from "../../core/language/complete";
import { fixAll } from "../../core/language/fixAll";
import { folding } from "../../core/language/folding";
import { format } from "../../core/language/format";
import { hover } from "../../core/language/hover";
import { inlayHints } from "../../core/language/inlay";
import { lenses } from "../../core/language/lenses";
import { labelAt, rename } from "../../core/language/rename";
import { semanticTokens } from "../../core/language/semanticTokens";
import { symbols } from "../../core/language/symbols";
import { applyEdits, span } from "../../core/text/span";
import { expectEdits, expectInside, expectThat } from "./expect";
import type { Random } from "./random";

/** What an editor may ask at any place of any text. */
export function checkLanguage(analysis: Analysis, random: Random): void {
  const { text } = analysis.csv;
  const offset = random.below(text.length + 1);
  for (const { edit } of complete(analysis, offset)) expectInside(edit.span, text, "a completion");
  const hovered = hover(analysis, offset);
  if (hovered) expectInside(hovered.span, text, "a hover");
  for (const symbol of symbols(analysis)) {
    expectInside(symbol.span, text, "a symbol");
    expectInside(symbol.nameSpan, text, "the name of a symbol");
  }
  for (const fold of folding(analysis.csv)) expectInside(fold.span, text, "a fold");
  for (const hint of inlayHints(analysis, span(0, text.length)))
    expectInside(span(hint.at, hint.at), text, "a hint");
  for (const token of semanticTokens(analysis)) expectInside(token.span, text, "a token");
  for (const lens of lenses(analysis, undefined)) expectInside(lens.span, text, "a lens");
  checkRename(analysis, offset);
  checkFormat(analysis);
  if (random.oneIn(4)) expectEdits(fixAll(text, analysis.facts), text, "all fixes");
}

function checkRename(analysis: Analysis, offset: number): void {
  const label = labelAt(analysis, offset);
  const renamed = rename(analysis, offset, "new_name");
  if (renamed.ok) expectEdits(renamed.value, analysis.csv.text, "a new name");
  expectThat(label !== undefined || !renamed.ok, "what is no label was renamed");
}

/** Formatting changes space only, and formatting again changes nothing. */
function checkFormat({ csv, facts }: Analysis): void {
  const edits = format({ csv });
  expectEdits(edits, csv.text, "the formatter");
  const formatted = analyse(applyEdits(csv.text, edits), facts);
  expectThat(valuesOf(formatted) === valuesOf({ csv }), "the formatter changes a value");
  expectThat(format(formatted).length === 0, "formatting again changes something");
}

const valuesOf = ({ csv }: Pick<Analysis, "csv">): string =>
  csv.rows.map(({ cells }) => cells.map(({ text }) => text).join()).join("\n");

import { describe, it } from "vitest";
import { analyse } from "../../../core/analyse";
import { noFacts } from "../../../core/facts";
import { complete } from "../../../core/language/complete";
import { fixAll } from "../../../core/language/fixAll";
import { folding } from "../../../core/language/folding";
import { format } from "../../../core/language/format";
import { hover } from "../../../core/language/hover";
import { inlayHints } from "../../../core/language/inlay";
import { rename } from "../../../core/language/rename";
import { semanticTokens } from "../../../core/language/semanticTokens";
import { symbols } from "../../../core/language/symbols";
import { span } from "../../../core/text/span";
import { checkLinear, filled } from "../../support/linear";

/** What a line begins with, and what a megabyte of it is made of. */
const beginnings = ["", "#", "a,data,nvs,,", "# name , type , sub type , offset , size", "$UNKNOWN "];
const pieces = [
  " ",
  "\t,",
  ",",
  "${",
  "$a",
  "${}",
  "/",
  "/*",
  '"',
  "\\",
  "#",
  "(",
  ":",
  "1_",
  "x",
  "\u3000",
  "\n,",
];

function useAll(text: string): void {
  const analysis = analyse(text, noFacts);
  const middle = text.length / 2;
  format(analysis);
  semanticTokens(analysis);
  folding(analysis.csv);
  symbols(analysis);
  inlayHints(analysis, span(0, text.length));
  complete(analysis, middle);
  hover(analysis, middle);
  rename(analysis, middle, "x");
  fixAll(text, noFacts);
}

describe("every feature of the editor takes linear time on a line without end", () => {
  for (const beginning of beginnings)
    for (const piece of pieces)
      it(JSON.stringify(beginning + piece), () =>
        checkLinear((length) => `${beginning}${filled(piece, length)}x`, useAll, 200_000),
      );
});

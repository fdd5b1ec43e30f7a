import { isMark, soleNumber } from "./cLiteral";
import { type CToken, cPieces, cTokens } from "./cSource";

/** The tokens that a compiler could see: what stands under a literal `#if 0` is left out, the directives around it not. */
export function* compiledTokens(text: string): Generator<CToken> {
  let hidden = 0;
  for (const token of cPieces(text)) {
    if (token.kind === "comment") continue;
    const before = hidden;
    if (token.kind === "directive") hidden = hiddenAfter(tokensOfDirective(text, token), hidden);
    if (before === 0 || hidden === 0) yield token;
  }
}

/** What stands behind the `#` of a directive, as far as the first tokens go: no macro of interest is longer. */
export function tokensOfDirective(text: string, { start, end }: CToken): CToken[] {
  const tokens: CToken[] = [];
  for (const token of cTokens(text, start + 1, end)) {
    if (tokens.push(token) === MAX_TOKENS) break;
  }
  return tokens;
}

const MAX_TOKENS = 16;

/** How many conditions are open, counted from the one that hides. */
function hiddenAfter([word, ...condition]: readonly CToken[], hidden: number): number {
  const name = word?.text ?? "";
  if (name.startsWith("if")) return hidden > 0 || (name === "if" && isFalse(condition)) ? hidden + 1 : 0;
  if (name === "endif") return Math.max(0, hidden - 1);
  if (hidden > 1 || !name.startsWith("el")) return hidden;
  return name === "elif" && isFalse(condition) ? 1 : 0;
}

/** `0`, `(0)`, `false`, and these with `&& …` behind; everything else is for the build to decide. */
function isFalse(condition: readonly CToken[]): boolean {
  const isOpen = ({ kind, text }: CToken): boolean => kind === "mark" && "|?^,".includes(text);
  if (condition.length === MAX_TOKENS - 1 || condition.some(isOpen)) return false;
  const and = condition.findIndex((token) => isMark(token, "&"));
  const first = and === -1 ? condition : condition.slice(0, and);
  return soleNumber(first)?.literal.value === 0 || first.map(({ text }) => text).join() === "false";
}

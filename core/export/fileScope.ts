import type { CToken } from "./cSource";
import { MAX_WORDS, noteTypeName, type TypeNames } from "./elementType";

/** Follows the tokens of a file from declaration to declaration. */
export interface FileScope {
  readonly see: (token: CToken) => void;
  /**
   * The words of the declaration so far, of parentheses and brackets only the opening mark. Undefined within a function,
   * a type, parentheses or an initialiser; a namespace and `extern "C" { … }` belong to the file.
   */
  readonly declaration: () => readonly CToken[] | undefined;
  readonly typeNames: TypeNames;
}

export function fileScope(): FileScope {
  const typeNames: TypeNames = new Map();
  let words: CToken[] = [];
  let depth = 0;
  const open = (token: CToken): void => {
    if (depth === 0 && opensFileScope(token, words)) words = [];
    else if (depth++ === 0) words.push(token);
  };
  const close = ({ text }: CToken): void => {
    if (depth > 0) depth--;
    if (depth === 0 && text === "}") words = [];
  };
  const see = (token: CToken): void => {
    if (token.kind === "directive") return;
    if (isMarkOf(token, "({[")) open(token);
    else if (isMarkOf(token, ")}]")) close(token);
    else if (depth > 0) return;
    else if (isMarkOf(token, ";")) {
      noteTypeName(words, typeNames);
      words = [];
    } else if (words.length <= MAX_WORDS) words.push(token);
  };
  return { see, declaration: () => (depth === 0 ? words : undefined), typeNames };
}

const isMarkOf = ({ kind, text }: CToken, marks: string): boolean => kind === "mark" && marks.includes(text);

function opensFileScope({ text }: CToken, words: readonly CToken[]): boolean {
  const [first, second] = words;
  if (text !== "{") return false;
  return (
    words.some(({ text }) => text === "namespace") ||
    (first?.text === "extern" && second?.kind === "string" && words.length === 2)
  );
}

import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { MAX_TEXT } from "../analyse";
import { type Span, span } from "../text/span";

export type JsonNode = Node;

export interface JsonFault {
  readonly at: Span;
  readonly message: string;
}

/** A manifest has five objects. The parser calls itself for each level, so nonsense must not reach it. */
const MAX_BRACKETS = 500;

/** Reads JSON with comments and trailing commas as far as it goes; never throws. Nothing is read of what cannot be a manifest. */
export function parseJson(text: string): {
  readonly root: JsonNode | undefined;
  readonly faults: readonly JsonFault[];
} {
  if (text.length > MAX_TEXT || (text.match(/[[{]/g)?.length ?? 0) > MAX_BRACKETS)
    return {
      root: undefined,
      faults: [{ at: span(0, 1), message: "The file is too large to be a migration manifest." }],
    };
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true, allowEmptyContent: true });
  // One slip makes the parser stumble over what follows; only the first error is sure to be one.
  return {
    root: root && endingInside(root, text.length),
    faults: errors.slice(0, 1).map((error) => faultOf(text, error)),
  };
}

/** What is not closed ends one character behind the text for the parser. */
const endingInside = (node: JsonNode, end: number): JsonNode => ({
  ...node,
  length: Math.min(node.length, end - node.offset),
  ...(node.children && { children: node.children.map((child) => endingInside(child, end)) }),
});

/** The properties of an object that have a value, in order. Keys and values as nodes. */
export function propertiesOf(
  node: JsonNode,
): { readonly key: JsonNode; readonly name: string; readonly value: JsonNode }[] {
  if (node.type !== "object") return [];
  return (node.children ?? []).flatMap(({ children: [key, value] = [] }) =>
    key && value ? [{ key, name: String(key.value), value }] : [],
  );
}

/** The value of a property; the last one counts where a key stands twice, as in `JSON.parse`. */
export const childOf = (node: JsonNode | undefined, name: string): JsonNode | undefined =>
  node && propertiesOf(node).findLast((property) => property.name === name)?.value;

export const nodeSpan = ({ offset, length }: JsonNode): Span => span(offset, offset + length);

function faultOf(text: string, { error, offset, length }: ParseError): JsonFault {
  const start = Math.min(offset, Math.max(text.length - 1, 0));
  return {
    at: span(start, Math.max(start, Math.min(offset + length, text.length))),
    message: sentences[printParseErrorCode(error)] ?? other,
  };
}

const other = "This is not JSON.";
const string = "The string is not valid JSON. Close it with a quote, and write \\\\ for a backslash.";

const sentences: Readonly<Record<string, string>> = {
  CommaExpected: "A comma is missing before this.",
  ColonExpected: "A colon is missing behind the key.",
  PropertyNameExpected: 'A key in double quotes is expected here, such as "chip".',
  ValueExpected: "A value is expected here.",
  CloseBraceExpected: "The closing brace } is missing.",
  CloseBracketExpected: "The closing bracket ] is missing.",
  EndOfFileExpected: "Nothing may follow the closing brace.",
  UnexpectedEndOfComment: "The comment is not closed with */.",
  UnexpectedEndOfString: string,
  InvalidEscapeCharacter: string,
  InvalidCharacter: string,
  InvalidUnicode: string,
};

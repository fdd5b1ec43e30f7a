import { lineEndOf } from "../text/lines";
import { applyEdits, insertAt, span, type TextEdit } from "../text/span";
import { childOf, type JsonNode, nodeSpan, parseJson, propertiesOf } from "./jsonTree";

/**
 * The edits that give the value at a path such as `["target", "micropython"]`; what is not there is added at the end of
 * its object, and comments stay with their lines. An empty text becomes a new file. No edits: the value is there
 * already, or the text is too broken to be changed without harm.
 */
export function setManifestValue(text: string, path: readonly string[], value: string): TextEdit[] {
  const { root } = parseJson(text);
  const layout = layoutOf(text);
  if (path.reduce(childOf, root)?.value === value) return [];
  const edits = root
    ? setIn(text, root, path, value, layout)
    : [
        insertAt(
          text.length,
          `${startOfNewFile(text, layout)}${printed(path, value, "", layout)}${layout.lineEnd}`,
        ),
      ];
  const after = parseJson(applyEdits(text, edits));
  return path.reduce(childOf, after.root)?.value === value ? edits : [];
}

interface Layout {
  readonly lineEnd: string;
  /** One step of indentation. */
  readonly step: string;
}

const layoutOf = (text: string): Layout => ({
  lineEnd: lineEndOf(text),
  step: /^[ \t]+(?=")/m.exec(text)?.[0] ?? "  ",
});

/** Comments alone in the file get a line of their own. */
const startOfNewFile = (text: string, { lineEnd }: Layout): string =>
  text === "" || /[\r\n]$/.test(text) ? "" : lineEnd;

function setIn(
  text: string,
  node: JsonNode,
  path: readonly string[],
  value: string,
  layout: Layout,
): TextEdit[] {
  const [name, ...rest] = path;
  // What stands in the way of an object is the user's own, and more than one value may be lost with it.
  if (name !== undefined && node.type !== "object" && node.type !== "null") return [];
  if (name === undefined || node.type === "null")
    return [{ span: nodeSpan(node), newText: printed(path, value, indentAt(text, node.offset), layout) }];
  const child = childOf(node, name);
  return child ? setIn(text, child, rest, value, layout) : add(text, node, path, value, layout);
}

/** A value inside as many objects as the path has names left. `indent` is that of the line in which it begins. */
function printed(path: readonly string[], value: string, indent: string, layout: Layout): string {
  const [name, ...rest] = path;
  if (name === undefined) return JSON.stringify(value);
  const inner = indent + layout.step;
  const property = `${JSON.stringify(name)}: ${printed(rest, value, inner, layout)}`;
  return `{${layout.lineEnd}${inner}${property}${layout.lineEnd}${indent}}`;
}

function add(
  text: string,
  node: JsonNode,
  path: readonly string[],
  value: string,
  layout: Layout,
): TextEdit[] {
  const { start, end } = nodeSpan(node);
  const last = propertiesOf(node).at(-1)?.value;
  const lastEnd = last ? nodeSpan(last).end : start + 1;
  // The brace may be missing, or be that of a value inside.
  if (text[end - 1] !== "}" || end - 1 < lastEnd) return [];
  // What stands behind the last value: maybe a comma, comments, the space before the brace.
  const gap = text.slice(lastEnd, end - 1);
  const hasComma = withoutComments(gap).includes(",");
  const comma = last && !hasComma ? [insertAt(lastEnd, ",")] : [];
  const [name = "", ...rest] = path;
  const isOneLine = last !== undefined && !/[\r\n]/.test(text.slice(start, end));
  const closing = indentAt(text, isOneLine ? start : end - 1);
  const indent = last ? indentAt(text, last.parent?.offset ?? last.offset) : closing + layout.step;
  const property = `${JSON.stringify(name)}: ${printed(rest, value, isOneLine ? closing : indent, layout)}`;
  const trailing = hasComma ? "," : "";
  const tail = span(lastEnd + gap.trimEnd().length, end - 1);
  const newText = isOneLine
    ? ` ${property}${trailing}${text.slice(tail.start, tail.end)}`
    : layout.lineEnd + indent + property + trailing + layout.lineEnd + closing;
  return [...comma, { span: tail, newText }];
}

const withoutComments = (gap: string): string => gap.replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "");

/** The white space with which the line of an offset begins. */
function indentAt(text: string, offset: number): string {
  const start = Math.max(text.lastIndexOf("\n", offset - 1), text.lastIndexOf("\r", offset - 1)) + 1;
  return /^[ \t]*/.exec(text.slice(start, offset))?.[0] ?? "";
}

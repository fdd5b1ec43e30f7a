import type { Fix } from "../rules/rule";
import { nearestWord } from "../rules/support/words";
import type { Span } from "../text/span";
import { childOf, type JsonNode, nodeSpan, parseJson, propertiesOf } from "./jsonTree";
import { type ManifestField, type ManifestGroup, manifestFields } from "./manifestFields";
import { type ManifestProblem, manifestProblem } from "./manifestProblem";

export { setManifestValue } from "./setManifestValue";

/**
 * `crossflash.json`: the facts of a migration. All values are optional; those that are here have the right form.
 * Paths are relative to the manifest, `/`-separated.
 */
export interface MigrationManifest {
  /** A chip id, as `chipById` takes it. */
  readonly chip?: string;
  /** `4MB`, as `parseFlashSize` takes it. */
  readonly flashSize?: string;
  /** A number as text, decimal or with `0x`. */
  readonly partitionTableOffset?: string;
  readonly bootloader?: { readonly idf?: string; readonly arduino?: string; readonly image?: string };
  readonly source?: { readonly table?: string; readonly app?: string };
  readonly target?: { readonly table?: string; readonly micropython?: string; readonly header?: string };
  readonly delivery?: { readonly repartitioner?: string; readonly micropython?: string };
}

/** What is wrong with the text of a manifest. */
export type ManifestFault = ManifestProblem;

/** A manifest as read, with the places of its values. */
export interface ParsedManifest {
  readonly manifest: MigrationManifest;
  readonly faults: readonly ManifestFault[];
  /** The value at a path such as `["target", "table"]`, with its quotes, as UTF-16 offsets; undefined where there is none. */
  readonly spanOf: (path: readonly string[]) => Span | undefined;
}

/** Reads any text; never throws. A value that is wrong becomes a fault and stays out of the manifest. */
export function parseManifest(text: string): ParsedManifest {
  const { root, faults: syntax } = parseJson(text);
  const faults = syntax.map((fault) => manifestProblem("manifest-syntax", fault));
  // The fields are described for exactly this type, so what is read by them is one.
  const values = root && readGroup(root, manifestFields, "The manifest", faults);
  const manifest = (values ?? {}) as MigrationManifest;
  const spanOf = (path: readonly string[]): Span | undefined => {
    const node = path.reduce(childOf, root);
    return node && nodeSpan(node);
  };
  return { manifest, faults: faults.sort((a, b) => a.at.start - b.at.start), spanOf };
}

type Field = ManifestField | ManifestGroup<object>;

function readGroup(
  node: JsonNode,
  fields: object,
  what: string,
  faults: ManifestFault[],
): object | undefined {
  if (node.type !== "object") {
    faults.push(
      manifestProblem("manifest-type", { at: nodeSpan(node), message: `${what} must be an object: { … }.` }),
    );
    return undefined;
  }
  const known = new Map<string, Field>(Object.entries(fields));
  const values = new Map<string, unknown>();
  for (const { key, name, value } of propertiesOf(node)) {
    const field = known.get(name);
    if (!field && name !== "$schema") faults.push(unknownKey(key, name, [...known.keys()]));
    if (!field) continue;
    if (values.has(name)) faults.push(repeatedKey(key, name));
    values.set(name, readField(value, field, `"${name}"`, faults));
  }
  return Object.fromEntries([...values].filter(([, value]) => value !== undefined));
}

const readField = (node: JsonNode, field: Field, what: string, faults: ManifestFault[]): unknown =>
  "fields" in field ? readGroup(node, field.fields, what, faults) : readValue(node, field, what, faults);

function readValue(
  node: JsonNode,
  { kind }: ManifestField,
  what: string,
  faults: ManifestFault[],
): string | undefined {
  const isText = node.type === "string";
  const written = String(node.value);
  if (isText && kind.isValid(written)) return written;
  const at = nodeSpan(node);
  faults.push(
    manifestProblem(isText ? "manifest-value" : "manifest-type", {
      at,
      message: `${what} must be ${isText ? "" : "a string in double quotes: "}${kind.expected}.`,
      fixes: [kind.meant(written)].filter(kind.isValid).map((value) => replaceBy(at, value)),
    }),
  );
  return undefined;
}

function unknownKey(key: JsonNode, name: string, known: readonly string[]): ManifestFault {
  const at = nodeSpan(key);
  const meant = known.find((word) => word.toLowerCase() === name.toLowerCase()) ?? nearestWord(name, known);
  const hint = meant
    ? `Did you mean "${meant}"?`
    : `Known here are ${known.map((word) => `"${word}"`).join(", ")}.`;
  return manifestProblem("manifest-key", {
    at,
    message: `"${name.slice(0, 40)}" is not known here and has no effect. ${hint}`,
    fixes: meant === undefined ? [] : [replaceBy(at, meant)],
  });
}

const repeatedKey = (key: JsonNode, name: string): ManifestFault =>
  manifestProblem("manifest-key", {
    at: nodeSpan(key),
    message: `"${name}" stands here a second time; the last one counts. Remove one of them.`,
  });

const replaceBy = (at: Span, value: string): Fix => ({
  title: `Change to "${value}"`,
  edits: [{ span: at, newText: JSON.stringify(value) }],
});

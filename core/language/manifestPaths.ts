import { getLocation } from "jsonc-parser";
import { type FileUse, fileFields } from "../project/manifestFields";
import { type Span, span } from "../text/span";

/** A field of `crossflash.json` that names a file. */
export interface PathField {
  readonly path: readonly [string, string];
  readonly use: FileUse;
  /** Ends of the names that make sense here. */
  readonly extensions: readonly string[];
}

const extensionsOf: Readonly<Record<FileUse, readonly string[]>> = {
  table: [".csv"],
  micropython: [".bin"],
  app: [".bin"],
  bootloader: [".bin"],
  header: [".h", ".hpp"],
};

const pathFields: readonly PathField[] = fileFields.map(({ use, path }) => ({
  path,
  use,
  extensions: extensionsOf[use],
}));

/** The path under the cursor. */
export interface PathAtCursor {
  readonly field: PathField;
  /** What stands between the quotes. */
  readonly value: string;
  /** The characters between the quotes. */
  readonly span: Span;
}

/** The value of a path field at an offset of the manifest, between its quotes; also in a manifest that is half written. */
export function pathAt(text: string, offset: number): PathAtCursor | undefined {
  const { path, isAtPropertyKey, previousNode } = getLocation(text, offset);
  const field = pathFields.find((known) => known.path.join("/") === path.join("/"));
  if (!field || isAtPropertyKey || previousNode?.type !== "string") return undefined;
  const start = previousNode.offset + 1;
  const end = previousNode.offset + previousNode.length;
  const isClosed = end > start && text[end - 1] === '"';
  const content = span(start, isClosed ? end - 1 : end);
  if (offset < content.start || content.end < offset) return undefined;
  return { field, value: text.slice(content.start, content.end), span: content };
}

/** A file or folder that could be named. */
export interface Candidate {
  readonly name: string;
  readonly isFolder: boolean;
}

/** The folder that the typed path is in, with its slash, and the span of what comes behind it. */
export function typedFolder({ value, span: content }: PathAtCursor, offset: number) {
  const typed = value.slice(0, offset - content.start);
  const folder = typed.slice(0, typed.lastIndexOf("/") + 1);
  return { folder, rest: span(content.start + folder.length, content.end) };
}

/** Files with the right end, and folders, which may hold some; hidden ones are nobody's firmware. */
export const candidatesFor = ({ extensions }: PathField, items: readonly Candidate[]): Candidate[] =>
  items
    .filter(({ name }) => !name.startsWith(".") && name !== "node_modules")
    .filter(({ name, isFolder }) => isFolder || extensions.some((end) => name.toLowerCase().endsWith(end)))
    .sort((a, b) => Number(a.isFolder) - Number(b.isFolder) || (a.name < b.name ? -1 : 1));

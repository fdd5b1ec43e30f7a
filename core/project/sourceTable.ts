import type { Facts } from "../facts";
import { parseCsv } from "../table/csv";
import type { PartitionEntry } from "../table/entry";
import { isTooLarge } from "../table/limits";
import { readTable } from "../table/table";
import { wholeEntries } from "../table/whole";
import { decodeText } from "../text/decode";
import { dirname, resolveInside } from "./paths";

/** The table that the devices have today, as its file gives it. */
export interface SourceFile {
  /** The path as the manifest writes it. */
  readonly title: string;
  /** Undefined for one that leads out of the root. */
  readonly path: string | undefined;
  /** Undefined where it cannot be read: then `fault` says why, as a sentence. */
  readonly text: string | undefined;
  readonly fault: string;
}

/** Reads the source table that a manifest names by `title`. */
export async function readSourceTable(
  title: string,
  manifestPath: string,
  root: string,
  read: (path: string) => Promise<Uint8Array | undefined>,
): Promise<SourceFile> {
  const path = resolveInside(root, dirname(manifestPath), title);
  if (path === undefined) return { title, path, ...fault(title, "leads out of the workspace") };
  const bytes = await read(path);
  if (!bytes) return { title, path, ...fault(title, "is not there or cannot be read") };
  const text = decodeText(bytes);
  return text.ok
    ? { title, path, text: text.value, fault: "" }
    : { title, path, ...fault(title, "is not a text in UTF-8") };
}

const fault = (title: string, why: string) => ({
  text: undefined,
  fault: `'${title}', the source table of crossflash.json, ${why}, so nothing can be compared.`,
});

/** Its partitions, where every row can be read: what is known only in part proves nothing. */
export function sourceEntries(
  { text = "" }: Pick<SourceFile, "text">,
  facts: Facts,
): readonly PartitionEntry[] | undefined {
  if (isTooLarge(text)) return undefined;
  const csv = parseCsv(text, facts.environment);
  const entries = wholeEntries({ csv, table: readTable(csv, facts) });
  return entries?.length === 0 ? undefined : entries;
}

import { dirname, resolveInside } from "../../core/project/paths";
import type { Files, Surroundings } from "../../core/project/surroundings";
import { decodeText } from "../../core/text/decode";
import type { SourceTable } from "./facts";

/** The table that the devices have today, and the file that it stands in, which may be no file yet. */
export interface FoundSource {
  readonly source: SourceTable;
  readonly path: string | undefined;
}

/** Reads the source table of a target table, as its manifest names it; nothing where it names none. */
export async function readSourceTable(
  { manifest, manifestPath, role }: Surroundings,
  root: string,
  files: Pick<Files, "read">,
): Promise<FoundSource | undefined> {
  const title = manifest?.source?.table;
  if (title === undefined || manifestPath === undefined || role !== "target") return undefined;
  const path = resolveInside(root, dirname(manifestPath), title);
  const read =
    path === undefined ? fault(title, "leads out of the workspace") : await readTitled(title, path, files);
  return { source: { title, ...read }, path };
}

type Read = Pick<SourceTable, "text" | "fault">;

async function readTitled(title: string, path: string, files: Pick<Files, "read">): Promise<Read> {
  const bytes = await files.read(path);
  if (!bytes) return fault(title, "is not there or cannot be read");
  const text = decodeText(bytes);
  return text.ok ? { text: text.value, fault: "" } : fault(title, "is not a text in UTF-8");
}

const fault = (title: string, why: string): Read => ({
  text: undefined,
  fault: `'${title}', the source table of crossflash.json, ${why}, so nothing can be compared.`,
});

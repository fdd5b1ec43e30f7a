import type { ImageReport } from "../image/inspect";
import type { Span } from "../text/span";
import type { MigrationManifest, ParsedManifest } from "./manifest";
import { type FileUse, fileFields } from "./manifestFields";

/** A file that a manifest names. */
export interface NamedFile {
  readonly use: FileUse;
  /** Of the field, such as `["source", "table"]`. */
  readonly field: readonly [string, string];
  /** As the user wrote it. */
  readonly name: string;
  /** Of the value, with its quotes. */
  readonly at: Span;
  /** Undefined when it leads out of the root. */
  readonly path: string | undefined;
}

/** An image of them that was read. */
export interface InspectedFile extends NamedFile {
  readonly report: ImageReport;
}

/** A table of them that was read. */
export interface ReadTable extends NamedFile {
  readonly text: string;
}

export const namedFiles = (
  { manifest, spanOf }: ParsedManifest,
  resolve: (path: string) => string | undefined,
): NamedFile[] =>
  fileFields.flatMap(({ use, path }) => {
    const name = valueAt(manifest, path);
    const at = spanOf(path);
    return name === undefined || !at ? [] : [{ use, field: path, name, at, path: resolve(name) }];
  });

function valueAt(manifest: MigrationManifest, [group, name]: readonly [string, string]): string | undefined {
  const groups: Readonly<Record<string, Readonly<Record<string, string>> | string | undefined>> = {
    ...manifest,
  };
  const found = groups[group];
  return typeof found === "object" ? found[name] : undefined;
}

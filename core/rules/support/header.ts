import { type EncodedTable, encodedTable } from "../../export/encodedTable";
import { type ChangeFault, type HeaderChanges, headerChanges } from "../../export/headerPatch";
import type { Result } from "../../result";
import type { Fix, Subject } from "../rule";

/** What a header lacks: the export that writes it is a command of the host. */
export const exportAgain: Fix = { title: "Export final_table again", action: "export-header" };

/** What the export would change in the header; undefined without a header, or while the table cannot be encoded. */
export function changesOfHeader(
  subject: Subject,
): { readonly encoded: EncodedTable; readonly changes: Result<HeaderChanges, ChangeFault> } | undefined {
  const { header, md5Row, extraSubtypes } = subject.facts;
  const encoded = header && encodedTable(subject);
  if (!header || !encoded?.ok) return undefined;
  const changes = headerChanges(header, { ...encoded.value, md5Row, extraSubtypes });
  return { encoded: encoded.value, changes };
}

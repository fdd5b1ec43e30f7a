import { kindOf } from "./documents";
import { describe } from "./safe";
import type { Session } from "./session";

/**
 * Calls `work` for every document of ours that was opened, changed or closed, or whose facts changed. Several changes
 * that arrive together are one.
 */
export function afterEachChange(
  { documents, connection, onFactsChanged }: Session,
  work: (uri: string) => Promise<void>,
): void {
  const changed = new Set<string>();
  const start = (): void => {
    const uris = [...changed];
    changed.clear();
    for (const uri of uris)
      work(uri).catch((error) => connection.log.error(`Update failed for ${uri}: ${describe(error)}`));
  };
  const add = (uri: string): void => {
    if (changed.size === 0) setTimeout(start, 0);
    changed.add(uri);
  };
  documents.onChange((document) => kindOf(document) && add(document.uri));
  documents.onClose((document) => kindOf(document) && add(document.uri));
  onFactsChanged(() => {
    for (const document of documents.all()) if (kindOf(document)) add(document.uri);
  });
}

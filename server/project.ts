import type { TextDocument } from "vscode-languageserver-textdocument";
import { noFacts } from "../core/facts";
import { inspections } from "../core/project/inspections";
import { dirname } from "../core/project/paths";
import { type Files, type Surroundings, surroundingsOf } from "../core/project/surroundings";
import type { OpenDocuments } from "./documents";
import type { FolderItem, Runtime } from "./runtime";
import { pathOf, uriBeside } from "./uri";

/** What stands around the open tables in their folders. */
export interface Project {
  /** The facts of a table; read once, until a file that they came from changes. */
  of(document: TextDocument): Promise<Surroundings>;
  /** The files beside a document, as the user sees them: open documents before the disk. */
  filesFor(uri: string): Files;
  /** The same as they are on the disk, for what the command line has to find as well. */
  savedFilesFor(uri: string): Files;
  list(uri: string, folder: string): Promise<readonly FolderItem[]>;
  /** The workspace folder that a path is in, or its own folder. */
  rootOf(path: string): string;
  setRoots(paths: readonly string[]): void;
  /** Forgets what came from these files, or everything; tells whether there was anything to forget. */
  forget(paths?: readonly string[]): boolean;
}

interface Known {
  readonly surroundings: Promise<Surroundings>;
  /** Unknown while they are read: then every change may matter. */
  dependsOn: ReadonlySet<string> | undefined;
}

const alone: Surroundings = { facts: noFacts, role: "alone", dependsOn: [] };

export function projectOf(documents: OpenDocuments, runtime: Runtime): Project {
  const inspect = inspections(runtime);
  const known = new Map<string, Known>();
  let roots: readonly string[] = [];
  documents.onClose(({ uri }) => known.delete(uri));

  const savedFilesFor = (uri: string): Files => ({
    read: (path) => runtime.read(uriBeside(uri, path)),
    inspect: (path) => inspect(uriBeside(uri, path)),
  });
  const filesFor = (uri: string): Files => ({
    ...savedFilesFor(uri),
    async read(path) {
      const open = documents.at(path);
      return open ? new TextEncoder().encode(open.getText()) : runtime.read(uriBeside(uri, path));
    },
  });
  const rootOf = (path: string): string =>
    roots.filter((root) => path.startsWith(`${root}/`)).sort((a, b) => b.length - a.length)[0] ??
    dirname(path);

  function load({ uri }: TextDocument): Known {
    const path = pathOf(uri);
    const surroundings = path === undefined ? alone : surroundingsOf(path, rootOf(path), filesFor(uri));
    const entry: Known = { surroundings: Promise.resolve(surroundings), dependsOn: undefined };
    entry.surroundings.then(
      ({ dependsOn }) => {
        entry.dependsOn = new Set(dependsOn);
      },
      () => known.delete(uri),
    );
    known.set(uri, entry);
    return entry;
  }

  return {
    async of(document) {
      for (;;) {
        const entry = known.get(document.uri) ?? load(document);
        const surroundings = await entry.surroundings;
        const isCurrent = known.get(document.uri) === entry || !documents.get(document.uri);
        // Something changed while they were read: what was read may be half old, half new.
        if (isCurrent) return surroundings;
      }
    },
    filesFor,
    savedFilesFor,
    list: (uri, folder) => runtime.list(uriBeside(uri, folder)),
    rootOf,
    setRoots: (paths) => {
      roots = paths.map((path) => path.replace(/\/+$/, ""));
      known.clear();
    },
    forget(paths) {
      const before = known.size;
      for (const [uri, { dependsOn }] of known) {
        if (!paths || !dependsOn || paths.some((path) => dependsOn.has(path))) known.delete(uri);
      }
      return known.size < before;
    },
  };
}

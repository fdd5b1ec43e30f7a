import { headerText } from "../core/export/headerBytes";
import { headerState } from "../core/export/sync";
import { dirname, relativeTo } from "../core/project/paths";
import type { HeaderState } from "../protocol/lsp";
import type { OpenTable, Session } from "./session";
import { pathOf, uriBeside } from "./uri";

/** The header that a table is exported into, and whether it holds the table as it is now. */
export interface ProjectHeader {
  readonly uri: string;
  /** The path as seen from the CSV. */
  readonly name: string;
  readonly state: HeaderState;
}

export async function headerOf(
  { project }: Pick<Session, "project">,
  { document, surroundings, analysis }: OpenTable,
): Promise<ProjectHeader | undefined> {
  const { uri } = document;
  const path = surroundings.headerPath;
  const own = pathOf(uri);
  if (path === undefined || own === undefined) return undefined;
  const bytes = await project.filesFor(uri).read(path);
  const state = bytes ? headerState(headerText(bytes), analysis) : "missing";
  return { uri: uriBeside(uri, path), name: relativeTo(dirname(own), path), state };
}

import type { CompletionItem } from "vscode-languageserver-protocol";
import type { Hover } from "../../core/language/hover";
import { imageHover, tableHover } from "../../core/language/manifestHover";
import { candidatesFor, pathAt, typedFolder } from "../../core/language/manifestPaths";
import type { ManifestProblem } from "../../core/project/manifestProblem";
import { manifestProblems } from "../../core/project/manifestProblems";
import { dirname, resolveInside } from "../../core/project/paths";
import { decodeText } from "../../core/text/decode";
import { CompletionItemKind } from "../convert/kinds";
import { rangeOf } from "../convert/text";
import type { OpenManifest } from "../session";
import { pathOf } from "../uri";

/** What is wrong with the manifest and the files that it names. */
export async function problemsOf({ document, project }: OpenManifest): Promise<readonly ManifestProblem[]> {
  const path = pathOf(document.uri);
  if (path === undefined) return [];
  const root = project.rootOf(path);
  const files = project.filesFor(document.uri);
  return (await manifestProblems(path, document.getText(), root, files)).problems;
}

/** Files and folders for the path under the cursor. */
export async function completeManifest(open: OpenManifest, offset: number): Promise<CompletionItem[]> {
  const { document, project } = open;
  const at = pathAt(document.getText(), offset);
  if (!at) return [];
  const { folder, rest } = typedFolder(at, offset);
  const path = resolved(open, folder === "" ? "." : folder);
  if (path === undefined) return [];
  const items = candidatesFor(at.field, await project.list(document.uri, path));
  return items.map(({ name, isFolder }, index) => ({
    label: isFolder ? `${name}/` : name,
    kind: isFolder ? CompletionItemKind.Folder : CompletionItemKind.File,
    sortText: String(index).padStart(4, "0"),
    textEdit: { range: rangeOf(document, rest), newText: jsonText(isFolder ? `${name}/` : name) },
  }));
}

/** What was read from the file that the cursor is on. */
export async function manifestHover(open: OpenManifest, offset: number): Promise<Hover | undefined> {
  const at = pathAt(open.document.getText(), offset);
  const path = at && resolved(open, at.value);
  if (!at || path === undefined || at.field.use === "header") return undefined;
  const files = open.project.filesFor(open.document.uri);
  if (at.field.use === "table") {
    const text = textOf(await files.read(path));
    return text === undefined ? undefined : tableHover(at, text);
  }
  const report = await files.inspect(path);
  return report && imageHover(at, report);
}

function textOf(bytes: Uint8Array | undefined): string | undefined {
  const text = bytes && decodeText(bytes);
  return text?.ok ? text.value : undefined;
}

function resolved({ document, project }: OpenManifest, relative: string): string | undefined {
  const own = pathOf(document.uri);
  return own === undefined ? undefined : resolveInside(project.rootOf(own), dirname(own), relative);
}

/** As it stands between the quotes. */
const jsonText = (text: string): string => JSON.stringify(text).slice(1, -1);

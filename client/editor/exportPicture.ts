import * as vscode from "vscode";
import { pictureMarkdown } from "../../core/picture/markdown";
import type { Picture } from "../../core/picture/picture";
import { pictureSvg } from "../../core/picture/svg";
import type { FromWebviewParams } from "../../protocol/webview";
import { Refusal, refuseUntrusted } from "../safely";
import { folderOf, nameOf } from "../table";
import type { Panel } from "./ports";

type Wanted = FromWebviewParams["exportPicture"];

interface TextFormat {
  readonly title: string;
  readonly extension: string;
  readonly write: (picture: Picture) => string;
}

const texts: Readonly<Record<"svg" | "markdown", TextFormat>> = {
  svg: { title: "SVG", extension: "svg", write: pictureSvg },
  markdown: { title: "Markdown", extension: "md", write: pictureMarkdown },
};

/** Copies or saves the picture; a page that wants PNG gets the SVG to draw it from, and sends it back for a file. */
export async function exportPicture(
  table: vscode.Uri,
  { format, to }: Wanted,
  picture: Picture,
  panel: Panel,
): Promise<void> {
  if (to === "file") refuseUntrusted();
  if (format === "png") return panel.post({ name: "picture", params: { svg: pictureSvg(picture), to } });
  const { title, extension, write } = texts[format];
  const text = write(picture);
  if (to === "file") return save(table, title, extension, new TextEncoder().encode(text));
  await vscode.env.clipboard.writeText(text);
  tellCopied(picture.title, title);
}

export const tellCopied = (name: string, format: string): void =>
  void vscode.window.showInformationMessage(`The layout of ${name} was copied as ${format}.`);

/** Larger pictures are none of ours; the page draws at twice the size of the SVG. */
const MAX_PNG = 12 * 1024 * 1024;
/** Base64 writes three bytes with four characters. */
const MAX_DATA = (MAX_PNG / 3) * 4;
const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Saves the picture that a page drew. Whatever else it may send is not written. */
export async function savePng(table: vscode.Uri, { data }: FromWebviewParams["savePng"]): Promise<void> {
  refuseUntrusted();
  if (data.length > MAX_DATA)
    throw new Refusal("The picture is too large to be saved as PNG. Save it as SVG instead.");
  const bytes = Buffer.from(data, "base64");
  if (signature.some((byte, index) => bytes[index] !== byte))
    throw new Refusal("The picture could not be drawn as PNG, so nothing was saved. Save it as SVG instead.");
  await save(table, "PNG", "png", bytes);
}

async function save(table: vscode.Uri, title: string, extension: string, bytes: Uint8Array): Promise<void> {
  const name = `${nameOf(table).replace(/\.csv$/i, "")}-layout.${extension}`;
  const target = await vscode.window.showSaveDialog({
    title: `Save Layout as ${title}`,
    defaultUri: vscode.Uri.joinPath(folderOf(table), name),
    filters: { [title]: [extension] },
  });
  if (!target) return;
  await vscode.workspace.fs.writeFile(target, bytes);
  const open = "Open";
  const said = `The layout was saved as ${nameOf(target)}.`;
  if ((await vscode.window.showInformationMessage(said, open)) === open)
    await vscode.commands.executeCommand("vscode.open", target);
}

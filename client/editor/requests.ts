import * as vscode from "vscode";
import { rules } from "../../core/rules/index";
import { ruleDocs } from "../../protocol/ruleDocs";
import type { LayoutSnapshot } from "../../protocol/webview";
import { Refusal } from "../safely";
import { nameOf } from "../table";
import { exportPicture, savePng, tellCopied } from "./exportPicture";
import { pictureFault, pictureOf } from "./picture";
import type { PageRequest, Panel } from "./ports";

/** Who asks, and what that page shows at this moment. */
export interface Asking {
  readonly table: vscode.Uri;
  readonly panel: Panel;
  readonly shown: LayoutSnapshot;
}

/** Does what a page wants of the window. */
export async function answerRequest(
  { name, params }: PageRequest,
  { table, panel, shown }: Asking,
): Promise<void> {
  switch (name) {
    case "showRule":
      return showRule(params.id);
    case "exportPicture": {
      const picture = pictureOf(shown);
      if (typeof picture === "string") throw new Refusal(picture);
      return exportPicture(table, params, picture, panel);
    }
    case "savePng":
      return savePng(table, params);
    case "pictureCopied":
      return tellCopied(nameOf(table), "PNG");
    case "pictureFailed":
      throw new Refusal(pictureFault(params.message));
  }
}

/** Only what is a rule has an explanation. */
async function showRule(id: string): Promise<void> {
  if (rules.some((rule) => rule.id === id)) await vscode.env.openExternal(vscode.Uri.parse(ruleDocs(id)));
}

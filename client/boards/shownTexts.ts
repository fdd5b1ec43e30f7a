import * as vscode from "vscode";

const SCHEME = "crossflash-text";

/** Texts to be read and not changed: jobs and reports. They are gone when their tab is. */
export interface ShownTexts extends vscode.Disposable {
  /** The title becomes the name of the tab. */
  show(title: string, text: string): Promise<void>;
}

export function shownTexts(): ShownTexts {
  const texts = new Map<string, string>();
  let count = 0;
  const subscriptions = vscode.Disposable.from(
    vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => texts.get(uri.toString()),
    }),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => texts.delete(uri.toString())),
  );
  return {
    async show(title, text) {
      const name = title.replace(/[\\/:]+/g, "-");
      const uri = vscode.Uri.from({ scheme: SCHEME, path: `/${++count}/${name}.txt` });
      texts.set(uri.toString(), text);
      const document = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(document, { preview: false });
    },
    dispose: () => subscriptions.dispose(),
  };
}

import * as vscode from "vscode";
import type { Span } from "../../core/text/span";
import { rangeOf } from "../ranges";

export interface TextCursor extends vscode.Disposable {
  /** Selects this place in every text editor that shows the document; the focus stays where it is. */
  reveal(at: Span): void;
}

/** The cursor of the text editors of a document; `moved` is told of its offset when somebody else moved it. */
export function textCursor(document: vscode.TextDocument, moved: (offset: number) => void): TextCursor {
  /** Selections that were made here and will be told of: an answer to them would come too late for fast keys. */
  let own: vscode.Selection[] = [];
  const subscription = vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections, kind }) => {
    const [selection] = selections;
    // Without a kind nobody moved it: the text around it was changed.
    if (textEditor.document !== document || !selection || kind === undefined) return;
    const index = own.findIndex((known) => known.isEqual(selection));
    own = index === -1 ? [] : own.toSpliced(index, 1);
    if (index === -1) moved(document.offsetAt(selection.active));
  });
  return {
    reveal(at) {
      const range = rangeOf(document, at);
      const selection = new vscode.Selection(range.start, range.end);
      for (const editor of vscode.window.visibleTextEditors) {
        if (editor.document !== document || editor.selection.isEqual(selection)) continue;
        own.push(selection);
        editor.selection = selection;
        editor.revealRange(range, vscode.TextEditorRevealType.InCenterIfOutsideViewport);
      }
    },
    dispose: () => subscription.dispose(),
  };
}

import * as vscode from "vscode";
import type { BoardLogs } from "./boardLogs";
import type { Confirmation } from "./confirmation";
import type { FlashWindow, WatchedWork } from "./ports";
import type { ShownTexts } from "./shownTexts";
import type { Verdict } from "./verdict";

/** Jobs as VS Code shows them. */
export const flashWindow = (logs: BoardLogs, texts: ShownTexts): FlashWindow => ({
  progress: withProgress,
  confirm: (asked) => confirm(asked, texts),
  tell: (verdict, options) => tell(verdict, options, logs),
  log: logs.of,
  now: () => performance.now(),
});

/** A notification with a bar and a button to cancel. */
export const withProgress = <T>(title: string, work: WatchedWork<T>): Promise<T> =>
  Promise.resolve(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      (progress, token) => {
        const stop = new AbortController();
        token.onCancellationRequested(() => stop.abort());
        let share = 0;
        return work(stop.signal, (reading) => {
          progress.report({ message: reading.text, increment: (reading.share - share) * 100 });
          share = reading.share;
        });
      },
    ),
  );

const SHOW = "Show Job";

async function confirm(asked: Confirmation, texts: ShownTexts): Promise<boolean> {
  const isPossible = asked.plans.length > 0;
  if (asked.fitsDialog) {
    const chosen = await askInDialog(asked, isPossible);
    if (chosen !== SHOW) return chosen === asked.action;
  }
  await texts.show("Flash Job", asked.document);
  if (isPossible) return askAbove(asked);
  if (!asked.fitsDialog) void vscode.window.showErrorMessage(asked.message);
  return false;
}

function askInDialog({ message, detail, action }: Confirmation, isPossible: boolean) {
  const options = { modal: true, detail };
  return isPossible
    ? vscode.window.showWarningMessage(message, options, action, SHOW)
    : vscode.window.showErrorMessage(message, options, SHOW);
}

/** A dialog would hide what is to be read, so the question stands above the text. */
async function askAbove({ message, action }: Confirmation): Promise<boolean> {
  const items = [{ label: action }, { label: "Cancel" }];
  const options = { title: message, placeHolder: "The whole job is shown below", ignoreFocusOut: true };
  return (await vscode.window.showQuickPick(items, options))?.label === action;
}

const LOG = "Show Log";
const RESUME = "Resume";

async function tell(
  { kind, message }: Verdict,
  { mac, canResume }: { readonly mac: string; readonly canResume: boolean },
  logs: BoardLogs,
): Promise<boolean> {
  const buttons = [...(canResume ? [RESUME] : []), ...(logs.has(mac) ? [LOG] : [])];
  const chosen = await notify(kind, message, buttons);
  if (chosen === LOG) logs.of(mac).show();
  return chosen === RESUME;
}

const notify = (kind: Verdict["kind"], message: string, buttons: string[]): Thenable<string | undefined> => {
  switch (kind) {
    case "done":
      return vscode.window.showInformationMessage(message, ...buttons);
    case "warning":
      return vscode.window.showWarningMessage(message, ...buttons);
    case "failed":
      return vscode.window.showErrorMessage(message, ...buttons);
  }
};

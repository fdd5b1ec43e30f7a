import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  ProgressType,
  ResponseError,
  WorkDoneProgress,
} from "vscode-languageclient";
import type { CaseReplay } from "../../core/sim/report";
import { type SimulateParams, simulateCaseMethod, simulateMethod } from "../../protocol/lsp";
import type { SimulationFinding } from "../../protocol/simulation";
import type { ReplayOutcome, SimulationOutcome, Simulator } from "./ports";

/** The part of the language client that is needed here. */
export type SimulatingClient = Pick<BaseLanguageClient, "sendRequest" | "onProgress">;

const failed = "The simulation failed. What went wrong stands in the output of Crossflash.";
const partial = new ProgressType<SimulationFinding>();
let tokens = 0;

/** Simulates one migration in the language server. */
export function simulatorOf(
  client: SimulatingClient,
  manifest: vscode.Uri,
  log: Pick<vscode.LogOutputChannel, "error">,
): Simulator {
  const uri = manifest.toString();

  const refused = (error: unknown): { readonly kind: "refused"; readonly message: string } => {
    // What the server refuses is a sentence for people; everything else is for the log.
    if (error instanceof ResponseError && error.code === REQUEST_FAILED)
      return { kind: "refused", message: error.message };
    log.error("The simulation failed:", error);
    return { kind: "refused", message: failed };
  };

  return {
    async simulate(wish, tell, signal): Promise<SimulationOutcome> {
      const partialResultToken = `crossflash-found-${++tokens}`;
      const workDoneToken = `crossflash-done-${tokens}`;
      const params: SimulateParams = { uri, wish, partialResultToken, workDoneToken };
      const cancelling = new vscode.CancellationTokenSource();
      const cancel = (): void => cancelling.cancel();
      signal.addEventListener("abort", cancel);
      const listener = client.onProgress(partial, partialResultToken, tell);
      try {
        const found = await whileShown(client, workDoneToken, () =>
          client.sendRequest<SimulationFinding | null>(simulateMethod, params, cancelling.token),
        );
        return found ? { kind: "done", found } : { kind: "refused", message: failed };
      } catch (error) {
        return signal.aborted ? { kind: "cancelled" } : refused(error);
      } finally {
        listener.dispose();
        signal.removeEventListener("abort", cancel);
        cancelling.dispose();
      }
    },
    async replay(id): Promise<ReplayOutcome> {
      try {
        const replay = await client.sendRequest<CaseReplay | null>(simulateCaseMethod, { uri, id });
        return replay ? { kind: "done", replay } : { kind: "refused", message: failed };
      } catch (error) {
        return refused(error);
      }
    },
  };
}

/** The code of the protocol for what was refused. */
const REQUEST_FAILED = -32803;

/** Shows in the status bar how far it is: the page itself may be hidden. */
const whileShown = <T>(client: SimulatingClient, token: string, work: () => Promise<T>): Promise<T> =>
  Promise.resolve(
    vscode.window.withProgress(
      { location: vscode.ProgressLocation.Window, title: "Simulating migration" },
      async (progress) => {
        const listener = client.onProgress(WorkDoneProgress.type, token, ({ kind, ...rest }) => {
          if (kind !== "end" && "percentage" in rest) progress.report({ message: `${rest.percentage} %` });
        });
        try {
          return await work();
        } finally {
          listener.dispose();
        }
      },
    ),
  );

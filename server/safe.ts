import { type CancellationToken, ResponseError } from "vscode-jsonrpc";
import type { Log } from "./connection";
import { LSPErrorCodes } from "./convert/kinds";

/** What a handler may do wrong is caught in one place: a failing feature answers nothing, and the others go on. */
export type Safely = <P extends object, R>(
  name: string,
  empty: R,
  handle: (params: P, token: CancellationToken) => R | Promise<R>,
) => (params: P, token: CancellationToken) => Promise<R>;

/**
 * Wraps a request handler: cancelled requests end as the protocol has it, refusals meant for the user (`ResponseError`)
 * pass, everything else is logged with the document and answered with the empty result.
 */
export const safely =
  (log: Pick<Log, "error">): Safely =>
  (name, empty, handle) =>
  async (params, token) => {
    try {
      const result = token.isCancellationRequested ? empty : await handle(params, token);
      if (token.isCancellationRequested) throw cancelled;
      return result;
    } catch (error) {
      if (error instanceof ResponseError) throw error;
      log.error(`${name} failed${placeOf(params)}: ${describe(error)}`);
      return empty;
    }
  };

const cancelled = new ResponseError(LSPErrorCodes.RequestCancelled, "The request was cancelled.");

/** A refusal that the user should read. */
export const refusal = (message: string): ResponseError =>
  new ResponseError(LSPErrorCodes.RequestFailed, message);

export const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

function placeOf(params: object): string {
  const { textDocument } = params as { textDocument?: { uri?: unknown; version?: unknown } };
  return typeof textDocument?.uri === "string" ? ` for ${textDocument.uri}` : "";
}

import { ErrorCodes, ResponseError } from "vscode-jsonrpc";

/** Where a server is in its life. The protocol says what is answered when. */
export type Phase = "new" | "running" | "shut down";

/** The phases that begin with the answer to a request. */
export const phaseAfter: ReadonlyMap<string, Phase> = new Map([
  ["initialize", "running"],
  ["shutdown", "shut down"],
]);

/** Why a request is refused in a phase; undefined where it is not. */
export function refusalIn(phase: Phase, method: string): ResponseError | undefined {
  if (phase === "shut down")
    return new ResponseError(ErrorCodes.InvalidRequest, "The server was shut down already.");
  if (phase === "new" && method !== "initialize")
    return new ResponseError(ErrorCodes.ServerNotInitialized, "The first request must be 'initialize'.");
  if (phase === "running" && method === "initialize")
    return new ResponseError(ErrorCodes.InvalidRequest, "The server was initialized already.");
  return undefined;
}

/** The exit code of a server that ends in a phase: only after `shutdown` was this agreed. */
export const exitCodeIn = (phase: Phase): number => (phase === "shut down" ? 0 : 1);

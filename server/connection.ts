import {
  type CancellationToken,
  createMessageConnection,
  ErrorCodes,
  type MessageReader,
  type MessageWriter,
  ResponseError,
} from "vscode-jsonrpc";
import { MessageType } from "./convert/kinds";
import { exitCodeIn, type Phase, phaseAfter, refusalIn } from "./lifecycle";
import type { Asked, Heard, Served, Told } from "./messages";

/** The protocol as far as it is spoken here; every method carries its types. */
export interface Connection {
  onRequest<M extends keyof Served>(method: M, answer: Answer<Served[M][0], Served[M][1]>): void;
  onNotification<M extends keyof Heard>(method: M, hear: Hear<Heard[M]>): void;
  sendRequest<M extends keyof Asked>(method: M, ...params: Asked[M][0]): Promise<Asked[M][1]>;
  sendNotification<M extends keyof Told>(method: M, params: Told[M]): Promise<void>;
  readonly log: Log;
}

type Answer<P, R> = (params: P, token: CancellationToken) => R | Promise<R>;
type Hear<P> = (params: P) => void | Promise<void>;

/** The client's log. */
export interface Log {
  error(message: string): void;
  warn(message: string): void;
}

/** What goes wrong with the messages themselves; stdout belongs to the protocol. */
const trouble = { error: console.error, warn: console.error, info: console.error, log: console.error };

/** Speaks with one client until it says `exit` or hangs up; `exit` ends the process. */
export function connectionOver(
  reader: MessageReader,
  writer: MessageWriter,
  exit: (code: number) => void,
): Connection {
  const messages = createMessageConnection(reader, writer, trouble);
  const answers = new Map<string, Answer<never, unknown>>([["shutdown", () => null]]);
  const hearers = new Map<string, Hear<never>>();
  let phase: Phase = "new";

  messages.onRequest((method, params, token) => {
    const refusal = refusalIn(phase, method);
    if (refusal) throw refusal;
    const answer = answers.get(method);
    if (!answer)
      throw new ResponseError(ErrorCodes.MethodNotFound, `The server does not know the request '${method}'.`);
    const result = answer((params ?? {}) as never, token);
    phase = phaseAfter.get(method) ?? phase;
    return result;
  });
  messages.onNotification((method, params) => {
    if (method === "exit") return exit(exitCodeIn(phase));
    if (phase === "running") return hearers.get(method)?.((params ?? {}) as never);
  });
  messages.onError(([error]) => console.error(error.message));
  messages.onClose(() => exit(exitCodeIn(phase)));
  messages.listen();

  const tell = async <M extends keyof Told>(method: M, params: Told[M]): Promise<void> =>
    messages.sendNotification(method, params);
  const write = (type: MessageType, message: string): void =>
    void tell("window/logMessage", { type, message }).catch(() => console.error(message));
  return {
    onRequest: (method, answer) => void answers.set(method, answer),
    onNotification: (method, hear) => void hearers.set(method, hear),
    sendRequest: async (method, ...params) => messages.sendRequest(method, ...params),
    sendNotification: tell,
    log: {
      error: (message) => write(MessageType.Error, message),
      warn: (message) => write(MessageType.Warning, message),
    },
  };
}

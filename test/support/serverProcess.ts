import { spawn } from "node:child_process";
import { serverBundle } from "./lspClient";

/** The real server in a process of its own, spoken to message by message: for what a client's library would hide. */
export interface ServerProcess {
  /** Sends a request and gives the whole answer, be it a result or an error. */
  ask(method: string, params?: object): Promise<Answer>;
  tell(method: string, params?: object): void;
  /** Sends messages as one piece, so that the server has read the last before it handles the first. */
  send(...messages: readonly object[]): void;
  answerTo(id: number): Promise<Answer>;
  /** Closes the server's input. */
  hangUp(): void;
  /** The exit code and all that was written, once the server has ended. */
  ended(): Promise<{ code: number | null; stderr: string }>;
}

export interface Answer {
  readonly id?: number;
  readonly result?: unknown;
  readonly error?: { readonly code: number; readonly message: string };
}

export async function startServerProcess(...args: readonly string[]): Promise<ServerProcess> {
  const child = spawn(process.execPath, [await serverBundle(), ...args], { stdio: "pipe" });
  const code = new Promise<number | null>((resolve) => child.once("close", resolve));
  const answers = new Map<number, Answer>();
  const waiting = new Map<number, (answer: Answer) => void>();
  let rest: Buffer = Buffer.alloc(0);
  let stderr = "";
  let lastId = 0;
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  child.stdout.on("data", (data) => {
    const read = framesIn(Buffer.concat([rest, data]));
    rest = read.rest;
    for (const answer of read.messages as Answer[]) {
      const { id = 0 } = answer;
      answers.set(id, answer);
      waiting.get(id)?.(answer);
    }
  });

  const send = (...messages: readonly object[]): void => void child.stdin.write(messages.map(frame).join(""));
  const answerTo = async (id: number): Promise<Answer> =>
    answers.get(id) ?? new Promise((resolve) => waiting.set(id, resolve));
  return {
    send,
    answerTo,
    ask(method, params) {
      const id = --lastId;
      send({ id, method, params });
      return answerTo(id);
    },
    tell: (method, params) => send({ method, params }),
    hangUp: () => void child.stdin.end(),
    async ended() {
      const ended = { code: await code, stderr };
      if (rest.length > 0) throw new Error(`Not the protocol: ${rest}`);
      return ended;
    },
  };
}

function frame(message: object): string {
  const text = JSON.stringify({ jsonrpc: "2.0", ...message });
  return `Content-Length: ${Buffer.byteLength(text)}\r\n\r\n${text}`;
}

/** All whole messages; anything else than messages stays in the rest for ever. */
function framesIn(bytes: Buffer): { messages: unknown[]; rest: Buffer } {
  const messages: unknown[] = [];
  let rest = bytes;
  for (;;) {
    const header = /^Content-Length: (\d+)\r\n\r\n/.exec(rest.toString("latin1", 0, 40));
    if (!header) return { messages, rest };
    const start = header[0].length;
    const end = start + Number(header[1]);
    if (rest.length < end) return { messages, rest };
    messages.push(JSON.parse(rest.toString("utf8", start, end)));
    rest = rest.subarray(end);
  }
}

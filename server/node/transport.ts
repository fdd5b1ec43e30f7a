import { connect, type Socket } from "node:net";
import { parseArgs } from "node:util";
import {
  IPCMessageReader,
  IPCMessageWriter,
  type MessageReader,
  type MessageWriter,
  SocketMessageReader,
  SocketMessageWriter,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-jsonrpc/node";

type Transport = readonly [MessageReader, MessageWriter];

/** The names are those that clients of the protocol give; without one it is stdio. */
const options = {
  stdio: { type: "boolean" },
  "node-ipc": { type: "boolean" },
  socket: { type: "string" },
  pipe: { type: "string" },
} as const;

/** `--node-ipc` for our own client, `--socket=PORT` and `--pipe=NAME` to connect to a client that listens there. */
export function transportFor(args: string[]): Transport {
  const { values } = parseArgs({ args, options, strict: false });
  if (values["node-ipc"]) return overIpc();
  if (typeof values.socket === "string") return over(connect(Number(values.socket), "127.0.0.1"));
  if (typeof values.pipe === "string") return over(connect(values.pipe));
  return [new StreamMessageReader(process.stdin), new StreamMessageWriter(process.stdout)];
}

const over = (socket: Socket): Transport => [
  new SocketMessageReader(socket),
  new SocketMessageWriter(socket),
];

function overIpc(): Transport {
  // The library waits for `close`, which only the parent's end has.
  const events: NodeJS.EventEmitter = process;
  process.once("disconnect", () => events.emit("close"));
  return [new IPCMessageReader(process), new IPCMessageWriter(process)];
}

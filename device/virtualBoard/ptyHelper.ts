import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { BoardFault } from "../flasher/fault";

/** The process that holds a pseudo-terminal: what goes in comes out there, and the other way round. */
export interface PtyHelper {
  readonly process: ChildProcessWithoutNullStreams;
  readonly path: string;
  readonly ended: Promise<void>;
}

/**
 * Node cannot make pseudo-terminals; Python can wherever there are any. The client's end stays open here too, so that
 * clients may come and go. The first line of stderr is its path. It ends with its stdin, and so with its parent.
 */
const HELPER = `
import os, sys, threading, tty
board, client = os.openpty()
tty.setraw(client)
print(os.ttyname(client), file=sys.stderr, flush=True)
def copy(source, target):
    try:
        while True:
            data = os.read(source, 65536)
            if not data:
                break
            while data:
                data = data[os.write(target, data):]
    finally:
        os._exit(0)
threading.Thread(target=copy, args=(board, 1), daemon=True).start()
copy(0, board)
`;

export const startPtyHelper = async (python = "python3"): Promise<PtyHelper> => {
  if (process.platform === "win32")
    throw new BoardFault(
      "refused",
      "Windows has no pseudo-terminals. Use the virtual board by its name there, as in '--port virtual'.",
    );
  const helper = spawn(python, ["-c", HELPER]);
  let reason = "";
  helper.on("error", (error) => {
    reason = error.message;
  });
  // The end of the process says what a broken pipe would.
  helper.stdin.on("error", () => undefined);
  const ended = new Promise<void>((resolve) => {
    helper.once("close", () => resolve());
  });
  const stderr = createInterface({ input: helper.stderr });
  const firstLine = new Promise<string>((resolve) => {
    stderr.once("line", resolve);
  });
  const path = await Promise.race([firstLine, ended]);
  if (path?.startsWith("/")) return { process: helper, path, ended };
  helper.kill();
  throw new BoardFault(
    "refused",
    `A virtual board on a pseudo-terminal needs Python 3 as '${python}', which does not run here (${path ?? reason}). Install Python 3, or use the board by its name, as in '--port virtual'.`,
  );
};

import { fstatSync } from "node:fs";
import { writeAll } from "./writeFile";

export const IN = 0;
export const OUT = 1;
export const ERR = 2;

/** `node:tty` takes longer to load than all of a check, so files and pipes are told apart without it. */
export function isTerminal(descriptor: number): boolean {
  try {
    if (!fstatSync(descriptor).isCharacterDevice()) return false;
  } catch {
    return false;
  }
  return (require("node:tty") as typeof import("node:tty")).isatty(descriptor);
}

let stop: AbortController | undefined;

/** The first Ctrl-C asks for an end; who is not heard may press it again. */
export function interrupted(): AbortSignal {
  if (!stop) {
    const asked = new AbortController();
    process.once("SIGINT", () => asked.abort());
    process.once("SIGTERM", () => asked.abort());
    stop = asked;
  }
  return stop.signal;
}

/** One line that the user types; undefined where nobody can. */
export async function ask(question: string): Promise<string | undefined> {
  if (!isTerminal(IN) || !isTerminal(ERR)) return undefined;
  writeAll(ERR, question);
  const end = interrupted();
  const { stdin } = process;
  const answer = await new Promise<string | undefined>((resolve) => {
    stdin.once("data", (line) => resolve(String(line).trim()));
    stdin.once("end", () => resolve(undefined));
    end.addEventListener("abort", () => resolve(undefined), { once: true });
    if (end.aborted) resolve(undefined);
    // After the pause behind an earlier question nobody but this starts it again.
    stdin.resume();
  });
  stdin.pause();
  if (answer === undefined) writeAll(ERR, "\n");
  return answer;
}

/** Raw mode ends with the signal; Node itself ends it where the process ends before. */
export function keys(hear: (keys: string) => void, until: AbortSignal): void {
  const { stdin } = process;
  const heard = (data: Buffer) => hear(String(data));
  stdin.setRawMode(true);
  stdin.on("data", heard);
  stdin.resume();
  until.addEventListener(
    "abort",
    () => {
      stdin.off("data", heard);
      stdin.setRawMode(false);
      stdin.pause();
    },
    { once: true },
  );
}

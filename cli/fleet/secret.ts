import type { Io } from "../io";
import { endQuestion, tellQuestion } from "../tell";

const ENDS = ["\r", "\n"];
const GIVES_UP = ["\u0003", "\u0004"];
const TAKES_BACK = ["\u007f", "\b"];

/** A line that is typed and shown nowhere; undefined where nobody can type, or does not want to. */
export async function askSecret(
  question: string,
  io: Pick<Io, "isWatched" | "err" | "keys">,
): Promise<string | undefined> {
  if (!io.isWatched("in") || !io.isWatched("err")) return undefined;
  const end = new AbortController();
  const typed = await new Promise<string | undefined>((resolve) => {
    let line = "";
    io.keys((keys) => {
      for (const key of keys) {
        if (ENDS.includes(key)) return resolve(line);
        if (GIVES_UP.includes(key)) return resolve(undefined);
        line = TAKES_BACK.includes(key) ? line.slice(0, -1) : line + key;
      }
    }, end.signal);
    // Only now, because until keys are heard the terminal itself shows what is typed.
    tellQuestion(io, question);
  });
  end.abort();
  endQuestion(io);
  return typed;
}

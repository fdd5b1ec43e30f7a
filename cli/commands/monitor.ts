import type { Meaning } from "../../core/bootLog/decodeLine";
import { success } from "../../core/result";
import { aborted } from "../board/aborted";
import { portPath } from "../board/connect";
import { consoleText, textHeard } from "../board/console";
import { port } from "../board/options";
import { reported } from "../board/reporter";
import { defineCommand } from "../command";
import type { Io } from "../io";
import { flag, oneOf, refused, text } from "../options";
import { type Line, styled } from "../report/line";
import { tell, tellPiece } from "../tell";

export default defineCommand({
  name: "monitor",
  summary: "Show what a board prints, and say what its boot errors mean.",
  description:
    "Prints what comes from the board until Ctrl-C; on a terminal, what is typed goes to the board, Ctrl-C too, and Ctrl-] ends it. Below a line that tells of trouble (no bootable app, a flash that cannot be read, a brownout, …) stands what it means and what to do.\n\nFor scripts: --for ends after some seconds, --until as soon as a text has come. Where the text does not come, the exit code is 1.",
  options: {
    port,
    baud: oneOf("RATE", "Bits per second; 115200 unless told otherwise.", (given) =>
      /^[1-9]\d{2,7}$/.test(given) ? success(Number(given)) : refused(`must be a baud rate, not '${given}'`),
    ),
    reset: flag("Reset the board first, so that its first words are seen.", "r"),
    timestamps: flag("Seconds since the start in front of each line.", "t"),
    for: oneOf("SECONDS", "End after so many seconds.", (given) => {
      const seconds = Number(given);
      return seconds > 0 && seconds <= FOREVER
        ? success(seconds)
        : refused(`must be a number of seconds, not '${given}'`);
    }),
    until: text("TEXT", "End as soon as this text has come."),
  },
  run: ({ options }, io) =>
    reported(io, "text", async () => {
      const boards = await io.boards();
      const path = await portPath(options.port, boards.ports);
      const { until } = options;
      const isHeard = textHeard(until ?? "");
      const isTyped = isForPeople(options) && io.isWatched("in") && io.isWatched("out");
      const show = consoleText({ isTyped, ...(options.timestamps ? { stamp: stopwatch(io) } : {}) });
      const [heard, left, over] = [new AbortController(), new AbortController(), new AbortController()];
      const watched = await boards.monitor(await boards.ports.port(path), {
        baudRate: options.baud,
        reset: options.reset,
        onText(piece) {
          tellPiece(io, show(piece), isTyped);
          if (!io.hasReader()) left.abort();
          if (until !== undefined && isHeard(piece)) heard.abort();
        },
        onMeaning: (meaning) => tell(io, "out", meaningLines(meaning)),
      });
      if (isTyped) {
        tell(io, "err", ["What you type goes to the board. Ctrl-] ends."]);
        io.keys((keys) => {
          if (keys.includes(LEAVE)) left.abort();
          // That it could not be sent is said by what `ended` brings.
          else watched.write(keys).catch(() => undefined);
        }, over.signal);
      }
      const fault = await Promise.race([
        watched.ended,
        ...[io.interrupted(), heard.signal, left.signal].map(aborted),
        io.pause((options.for ?? FOREVER) * 1000, over.signal),
      ]);
      over.abort();
      await watched.close();
      if (fault) throw fault;
      return until === undefined || heard.signal.aborted ? 0 : 1;
    }),
});

/** Ctrl-], as in Espressif's and MicroPython's own monitors. */
const LEAVE = "\u001d";

/** Where a script waits for something, Ctrl-C stays what ends it. */
const isForPeople = (options: { readonly for?: number | undefined; readonly until?: string | undefined }) =>
  options.for === undefined && options.until === undefined;

/** Seconds; a timer of Node can hold no more. */
const FOREVER = 2_000_000;

function stopwatch({ now }: Io): () => string {
  const start = now();
  return () => `[${((now() - start) / 1000).toFixed(3).padStart(8)}]`;
}

const meaningLines = ({ severity, title, cause, fix }: Meaning): Line[] => [
  ["  ^ ", styled(severity, `${title}.`), ` ${[cause, fix].filter(Boolean).join(" ")}`],
];

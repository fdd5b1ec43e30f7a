import { LINE_EDITING } from "../report/line";

export interface ConsoleOptions {
  /** Leaves what a REPL needs so that lines can be edited. */
  readonly isTyped?: boolean;
  /** Gives what stands in front of each line. */
  stamp?(): string;
}

/**
 * Makes what a board prints fit for a terminal, piece by piece: line ends become those of the system's own programs, and
 * colours go, as everything that would move the cursor. What is half a sequence waits for its rest.
 */
export function consoleText({ stamp, isTyped = false }: ConsoleOptions = {}): (text: string) => string {
  let held = "";
  let isLineStart = true;
  const stamped = (line: string): string => (stamp ? `${stamp()} ${line}` : line);
  return (text) => {
    const all = held + text;
    held = HALF_SEQUENCE.exec(all)?.[0] ?? "";
    const clean = all
      .slice(0, all.length - held.length)
      .replace(SEQUENCES, (sequence) => (isTyped && LINE_EDITING.test(sequence) ? sequence : ""))
      .replaceAll("\r", "");
    return clean
      .split(/(?<=\n)/)
      .map((line) => {
        const shown = isLineStart && line !== "" ? stamped(line) : line;
        isLineStart = line === "" ? isLineStart : line.endsWith("\n");
        return shown;
      })
      .join("");
  };
}

/** Control sequences of ECMA-48, of which ESP-IDF's log uses the colours. */
const SEQUENCES = /\u001b\[[0-9;?]*[@-~]/g;
const HALF_SEQUENCE = /\u001b(\[[0-9;?]*)?$/;

/** Hears whether a text has come, also across pieces. */
export function textHeard(wanted: string): (piece: string) => boolean {
  let tail = "";
  return (piece) => {
    tail += piece;
    const isHeard = tail.includes(wanted);
    tail = tail.slice(-Math.max(1, wanted.length));
    return isHeard;
  };
}

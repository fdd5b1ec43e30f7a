import type { Meaning } from "../../core/bootLog/decodeLine";

/** What a board prints, as a terminal shows it. */
export interface MonitorText {
  /** As it came, in pieces of any size. */
  text(text: string): void;
  /** On lines of its own, right behind the line that it is about. */
  meaning(meaning: Meaning): void;
  /** What the monitor itself has to say. */
  notice(sentence: string): void;
}

const RESET = "\u001b[0m";
const DIM = "\u001b[2m";
const INVERSE = "\u001b[7m";
const colours = { error: "\u001b[31m", warning: "\u001b[33m", information: "\u001b[36m" } as const;
const words = { error: "Error", warning: "Warning", information: "Note" } as const;

/** `stamp` gives what stands before each line; undefined where nothing does. */
export function monitorText(
  print: (text: string) => void,
  stamp: () => string | undefined = () => undefined,
): MonitorText {
  let atStart = true;
  let endsWithReturn = false;

  /** Terminals want both characters at the end of a line; boards send one, both, or one now and one later. */
  const lineEnds = (text: string): string => {
    const joined = endsWithReturn && text.startsWith("\n") ? text.slice(1) : text;
    const swallowed = joined.length < text.length ? "\n" : "";
    endsWithReturn = text.endsWith("\r");
    return swallowed + joined.replace(/\r?\n/g, "\r\n");
  };
  const stamped = (text: string): string => {
    if (stamp() === undefined) {
      atStart = text.endsWith("\n");
      return text;
    }
    const parts = text.split(/(?<=\n)/).map((line) => {
      const prefix = atStart && line !== "\r\n" ? `${DIM}${stamp()}${RESET} ` : "";
      atStart = line.endsWith("\n");
      return prefix + line;
    });
    return parts.join("");
  };
  const ownLine = (line: string): void => {
    print(`${atStart ? "" : "\r\n"}${line}\r\n`);
    atStart = true;
  };

  return {
    text(text) {
      if (text !== "") print(stamped(lineEnds(text)));
    },
    meaning({ severity, title, cause, fix }) {
      const sentences = [`${words[severity]}: ${title}.`, cause, fix].filter((part) => part !== "").join(" ");
      ownLine(`${colours[severity]}  ${sentences}${RESET}`);
    },
    notice: (sentence) => ownLine(`${INVERSE} ${sentence} ${RESET}`),
  };
}

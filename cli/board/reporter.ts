import { isFault } from "../../device/flasher/fault";
import type { ExitCode } from "../command";
import type { Io } from "../io";
import { jsonText } from "../report/jsonText";
import type { Line } from "../report/line";
import { tell } from "../tell";
import { faultCode, Stop } from "./stop";

export type Format = "text" | "json" | undefined;

/** What a command on boards has to tell: lines for people as they come, and one document for programs at the end. */
export interface Reporter {
  /** To people, on standard output; nothing where that is for a program. */
  say(lines: readonly Line[]): void;
  /** To people, on standard error. */
  note(lines: readonly Line[]): void;
  /** To programs: puts more into the document. */
  add(facts: Readonly<Record<string, unknown>>): void;
}

/** Runs a command on boards. However it ends, the message is on standard error and in the document. */
export async function reported(
  io: Io,
  format: Format,
  work: (reporter: Reporter) => Promise<ExitCode>,
): Promise<ExitCode> {
  let facts: Readonly<Record<string, unknown>> = {};
  const reporter: Reporter = {
    say: (lines) => {
      if (format !== "json") tell(io, "out", lines);
    },
    note: (lines) => tell(io, "err", lines),
    add: (more) => {
      facts = { ...facts, ...more };
    },
  };
  const code = await work(reporter).catch((error: unknown) => failed(error, reporter));
  if (format === "json") io.out(jsonText(facts));
  return code;
}

const RESUME = "crossflash: To resume, give the same command again.";

function failed(error: unknown, reporter: Reporter): ExitCode {
  if (isFault(error)) {
    const { kind, message, outcomes } = error;
    reporter.note([`crossflash: ${message}`, ...(outcomes.length > 0 ? [RESUME] : [])]);
    reporter.add({ error: { kind, message }, ...(outcomes.length > 0 ? { regions: outcomes } : {}) });
    return faultCode(error);
  }
  if (!(error instanceof Stop)) throw error;
  reporter.note([`crossflash: ${error.message}`]);
  reporter.add({ error: { message: error.message } });
  return error.code;
}

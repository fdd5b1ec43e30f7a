import { messageOf } from "../../core/text/reason";
import { hex, sizeText } from "../../core/text/units";
import { isFault } from "../../device/flasher/fault";
import { isAsWanted, type RegionOutcome } from "../../device/flasher/outcome";
import type { Performed, PreparedJob } from "../../device/flows/flashFlow";

/** What is told at the end, and what goes into the board's log. */
export interface Verdict {
  readonly kind: "done" | "warning" | "failed";
  readonly message: string;
  readonly lines: readonly string[];
}

/** Of a job that was done: everything in it was verified, otherwise it would be a fault. */
export function doneVerdict(
  board: string,
  { outcomes, sentBytes, restarted }: Performed,
  { job, problems }: Pick<PreparedJob, "job" | "problems">,
): Verdict {
  const warnings = problems.filter(({ severity }) => severity === "warning").map(({ message }) => message);
  const end = [
    // A job that only erases sends nothing, whatever was there.
    ...(job.totalBytes === 0 ? [] : [sentText(sentBytes)]),
    restarted ? "The board was reset." : "The board did not take the reset: press its reset button.",
    ...warnings,
  ].join(" ");
  return {
    kind: restarted && warnings.length === 0 ? "done" : "warning",
    message: `${board}: verified by the board's own MD5: ${hashesText(outcomes)}. ${end}`,
    lines: [...outcomes.map(outcomeLine), end],
  };
}

const sentText = (bytes: number): string =>
  bytes === 0 ? "Everything was there already, so nothing was sent." : `${sizeText(bytes)} were sent.`;

/** Of what ended before its end; the message of a fault says in what state the flash is. */
export function failedVerdict(board: string, error: unknown): Verdict {
  const fault = isFault(error) ? error : undefined;
  const message = messageOf(error);
  return {
    // Whoever cancels has not failed.
    kind: fault?.kind === "cancelled" ? "warning" : "failed",
    message: `${board}: ${message}`,
    lines: [...(fault?.outcomes ?? []).map(outcomeLine), message],
  };
}

/** Of a comparison that wrote nothing. */
export function comparedVerdict(board: string, what: string, outcomes: readonly RegionOutcome[]): Verdict {
  const different = outcomes.filter((outcome) => !isAsWanted(outcome));
  const lines = outcomes.map(outcomeLine);
  if (different.length === 0)
    return {
      kind: "done",
      message: `${board} holds ${what}: ${hashesText(outcomes)}. Nothing was written.`,
      lines,
    };
  const names = different.map(({ name, address }) => `'${name}' at ${hex(address)}`).join(", ");
  return {
    kind: "warning",
    message: `${board} differs from ${what} in ${different.length} of ${outcomes.length} regions: ${names}. Nothing was written.`,
    lines,
  };
}

/** `partition table 1a79a4d6, app1 9f86d081`: the first digits, the log has all of them. */
const hashesText = (outcomes: readonly RegionOutcome[]): string =>
  outcomes
    .map(({ name, action, md5 }) => `${name} ${action === "erase" ? "blank" : md5.slice(0, 8)}`)
    .join(", ");

/** `verified: write app1, 0x150000 to 0x2b5a10, MD5 1a79a4d60de6718e8e5b326e338ae533`. */
const outcomeLine = ({ status, action, name, address, size, md5 }: RegionOutcome): string =>
  `${status}: ${action} ${name}, ${hex(address)} to ${hex(address + size)}, MD5 ${md5}`;

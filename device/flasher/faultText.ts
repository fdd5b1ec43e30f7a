import { rangeText } from "../../core/job/range";
import { messageOf } from "../../core/text/reason";
import { BoardFault, type BoardFaultKind } from "./fault";
import { CancelledError, LostError } from "./linkErrors";
import { outcomeOf, type RegionState } from "./regionState";
import { ATTEMPTS, SilentError, TooOftenError } from "./retrying";

/** Of what only reads. `what`: what was being done, as "reading 0x0 to 0x1000". */
export function readingFault(error: unknown, what: string): BoardFault {
  if (error instanceof BoardFault) return error;
  const kind = kindOf(error);
  return new BoardFault(
    kind,
    `${happened(error, kind, what)} Nothing was changed.${READING_ADVICE[kind] ?? ""}`,
  );
}

const READING_ADVICE: Readonly<Partial<Record<BoardFaultKind, string>>> = {
  lost: " Check the cable, connect again and repeat it.",
  interrupted: " Connect again and repeat it, at a slower rate if it happens again.",
};

/** Of a job: in what state every region is, whether the board will start, and how to finish it. */
export function jobFault(
  error: unknown,
  states: readonly RegionState[],
  current: RegionState | undefined,
): BoardFault {
  const kind = kindOf(error);
  const name = current?.region.name ?? "";
  const doing = current?.region.kind === "erase" ? `erasing '${name}'` : `writing '${name}'`;
  const what = kind === "not-verified" && current ? notKept(current) : happened(error, kind, doing);
  const strays = kind === "not-verified" ? [] : strayText(states);
  const text = [what, ...stateText(states), ...strays, startText(states), resumeText(kind)].join(" ");
  return new BoardFault(kind, text, states.map(outcomeOf));
}

/** Of a job that is done, although some other part of the flash may not be what it was. */
export function strayFault(states: readonly RegionState[]): BoardFault {
  const text = [
    "The job is done, but more than it was asked for may have happened to the board.",
    ...stateText(states),
    ...strayText(states),
    "Compare the board with a backup, or flash all of it at a slower rate.",
  ].join(" ");
  return new BoardFault("interrupted", text, states.map(outcomeOf));
}

const strayText = (states: readonly RegionState[]): string[] =>
  states.flatMap(({ region: { name }, strayed, overrun }) => [
    ...(overrun
      ? [
          `A command for '${name}' was damaged on the way and went too far: what lies behind it, at ${rangeText(overrun)} and perhaps farther, is not what it was.`,
        ]
      : []),
    ...(strayed
      ? [
          `What was sent for '${name}' was not there at first: its flash did not keep it, or a command was damaged on the way and hit another part of the flash.`,
        ]
      : []),
  ]);

function kindOf(error: unknown): BoardFaultKind {
  if (error instanceof BoardFault) return error.kind;
  if (error instanceof CancelledError) return "cancelled";
  if (error instanceof LostError) return "lost";
  return error instanceof TooOftenError && error.reason === undefined ? "not-verified" : "interrupted";
}

function happened(error: unknown, kind: BoardFaultKind, what: string): string {
  if (kind === "cancelled") return `Stopped while ${what}, as you wished.`;
  if (kind === "lost")
    return `The connection broke while ${what}: the cable was pulled or the port was closed (${reasonOf(error)}).`;
  if (error instanceof SilentError)
    return `The board stopped answering while ${what}: it was reset or lost its power, or the line broke down.`;
  const reason = error instanceof TooOftenError ? error.reason : error;
  return `The line to the board is too bad: ${ATTEMPTS} attempts at ${what} failed (${reasonOf(reason)}).`;
}

/** As a part of a sentence. */
const reasonOf = (error: unknown): string => messageOf(error).replace(/\.$/, "");

const notKept = ({ region, range }: RegionState): string =>
  `The flash of the board does not keep what '${region.name}' (${rangeText(range)}) needs: after ${ATTEMPTS} attempts its MD5 is still wrong. The flash chip is worn out, write protected or badly connected.`;

function stateText(states: readonly RegionState[]): string[] {
  const named = (status: RegionState["status"]) =>
    states.filter((state) => state.status === status).map(({ region }) => `'${region.name}'`);
  const section = (heading: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${heading}: ${names.join(", ")}.`];
  return [
    ...section("Verified on the board", named("verified")),
    ...states.filter(({ status }) => status === "partial").map(partialText),
    ...section("Done, but not as it should be", named("different")),
    ...section("Not touched", named("untouched")),
  ];
}

function partialText({ region, touched }: RegionState): string {
  const name = `'${region.name}'`;
  if (!touched) return `${name} was verified, but not again since the line failed.`;
  const state = region.kind === "erase" ? "erased in part" : "written in part";
  return `${name} is ${state}: from ${rangeText(touched)} anything may stand, the rest of it is as it was.`;
}

/** A board starts from bootloader, table, otadata and app together; a filesystem is made anew where it is none. */
function startText(states: readonly RegionState[]): string {
  if (states.every(({ written }) => !written)) return "The board starts as before.";
  const open = states.filter(({ status }) => status !== "verified");
  return open.every(({ region }) => region.purpose === "filesystem")
    ? "The board is likely to start, with its files damaged or lost."
    : "The board is likely not to start until the job is finished.";
}

const resumeText = (kind: BoardFaultKind): string => {
  if (kind === "not-verified")
    return "Try again at a slower rate; if it stays, the board needs another flash chip.";
  const first = kind === "lost" || kind === "interrupted" ? "Connect the board again and resume" : "Resume";
  return `${first} the job to finish it: what is on the board already is not sent again.`;
};

/** `why`: a part of a sentence. */
export const notResetText = (why: string): string =>
  `The board was not reset (${why}). Press its RESET button to start what is in its flash.`;

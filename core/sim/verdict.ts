import { type CaseVerdict, verdicts } from "./report";

/** What each verdict means for people: what the device does, and how somebody recovers it. */
export const verdictWords: Readonly<Record<CaseVerdict, string>> = {
  completes: "The device runs MicroPython, without a start that was not planned. Nobody has to do anything.",
  resumes:
    "When power returns the device goes on by itself and ends in MicroPython. Nobody has to do anything.",
  "falls-back": "The device runs its old firmware again, which takes the next update over the air.",
  "stuck-reachable":
    "The device does not come to MicroPython by itself, but it keeps trying to reach the server: a server that answers, or what it offers, leads it out.",
  stuck:
    "The device runs something that is of no use and asks for no update. Somebody has to go there: switching it off and on helps where it only waits, a cable where its files or its app are wrong.",
  bricked: "The bootloader starts nothing. Somebody has to open the device and write its flash by a cable.",
};

/** The last app of a device, when nothing happens any more or the same again and again. */
export interface Ending {
  readonly end: "idle" | "waiting" | "no-boot" | "unknown-app" | "limit";
  readonly app: "firmware" | "repartitioner" | "micropython" | undefined;
  /** Of MicroPython: whether the table, its image and its filesystem are those of the plan. */
  readonly isRight: boolean;
  /** Whether it still asked the server or tried to connect when nothing else happened any more. */
  readonly asks: boolean;
  /** Whether the firmware of before was among the apps that started one after the other without an end. */
  readonly meetsFirmware: boolean;
}

/** `isPlanned`: the device started as often as the plan says, so nothing had to be done again. */
export function verdictOf(
  { end, app, isRight, asks, meetsFirmware }: Ending,
  isPlanned: boolean,
): CaseVerdict {
  if (end === "no-boot") return "bricked";
  if (end === "unknown-app") return "stuck";
  if (app === "micropython" && end === "idle") {
    if (!isRight) return "stuck";
    return isPlanned ? "completes" : "resumes";
  }
  // It has no slot for an update, under the table that is there now.
  if (app === "firmware" && end === "idle") return "stuck";
  if (app === "firmware" || (end === "limit" && meetsFirmware)) return "falls-back";
  return app === "repartitioner" && asks ? "stuck-reachable" : "stuck";
}

/** From 0, the best; a greater number is worse. */
export const severityOf = (verdict: CaseVerdict): number => verdicts.indexOf(verdict);

export const worstOf = (all: readonly CaseVerdict[]): CaseVerdict | undefined =>
  all.toSorted((a, b) => severityOf(b) - severityOf(a))[0];

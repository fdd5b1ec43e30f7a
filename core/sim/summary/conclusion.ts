import { counted } from "../../text/units";
import type { Procedure, SimulationConclusion } from "../report";
import type { Subject } from "../sweep/subject";
import { isMisled, type TriedCase } from "../sweep/tried";
import { verdictOf, verdictWords } from "../verdict";
import { isStale, isUndeclared } from "./hazardReport";
import { lostContents } from "./lost";

export function conclusionOf(
  subjects: readonly Subject[],
  tried: readonly TriedCase[],
  isPartial: boolean,
): SimulationConclusion {
  const undeclared = tried.filter(isUndeclared);
  const stale = tried.filter(isStale);
  const isComplete = subjects.every(({ outcome }) => verdictOf(outcome.ending, true) === "completes");
  const declared = declaredWords(tried);
  return {
    isAsDeclared: undeclared.length === 0 && stale.length === 0 && isComplete,
    sentences: [
      ...(isPartial ? ["The simulation was stopped: this is what it had found until then."] : []),
      ...subjects.flatMap(cleanWords),
      ...declared,
      ...undeclaredWords(undeclared, caseWords(declared.length > 0, isPartial)),
      ...(stale.length === 0
        ? []
        : [
            `The plan declares ${counted(stale.length, "cut")} that the device survives: ${someIds(stale)}. The declaration is out of date.`,
          ]),
      ...subjects.flatMap(lostWords),
    ],
  };
}

function cleanWords({ scenario: { start }, outcome }: Subject): string[] {
  const verdict = verdictOf(outcome.ending, true);
  return verdict === "completes"
    ? []
    : [
        `From '${start.name}' the device does not come to MicroPython even without a fault. ${verdictWords[verdict]}`,
      ];
}

function declaredWords(tried: readonly TriedCase[]): string[] {
  const ending = (wanted: TriedCase["declared"]) =>
    tried.filter(({ verdict, declared }) => verdict === wanted && declared === wanted);
  const stuck = ending("stuck");
  const misled = stuck.filter(({ what }) => isMisled(what));
  const torn = stuck.filter((one) => one.operation?.step === one.subject.scenario.window.step);
  const words = (found: readonly TriedCase[], one: string, many: string, rest: string): string[] =>
    found.length === 0
      ? []
      : [`${counted(found.length, "case")} of ${tried.length} ${found.length === 1 ? one : many} ${rest}`];
  return [
    ...words(
      ending("bricked"),
      "bricks",
      "brick",
      "the device, as the plan declares: power failed while the sector of the partition table held no table that starts an app.",
    ),
    ...words(
      stuck.filter((one) => !misled.includes(one) && !torn.includes(one)),
      "leaves",
      "leave",
      "MicroPython with half a filesystem, as the plan says of its first start: power failed in the milliseconds in which it begins its filesystem. Such a device waits for ever, without a network: nobody reaches it but by a cable. A MicroPython whose frozen boot script (_boot.py) formats what it cannot mount closes this window; no repartitioner can.",
    ),
    ...words(
      torn,
      "leaves",
      "leave",
      "the firmware in the factory partition with a part of a table, in the same window: it runs, but has no slot for an update.",
    ),
    ...words(
      misled,
      "gives",
      "give",
      "the firmware MicroPython for the repartitioner, which the first step of the plan rules out: it starts without its table and stays there.",
    ),
  ];
}

/** Nothing is promised of what was not tried. */
function caseWords(isOther: boolean, isPartial: boolean): string {
  const words = isOther ? "No other case" : "No case";
  return isPartial ? `${words} of those that were tried` : words;
}

function undeclaredWords(undeclared: readonly TriedCase[], noCase: string): string[] {
  if (undeclared.length === 0) return [`${noCase} leaves a device where somebody has to go there.`];
  return (["bricked", "stuck"] as const).flatMap((wanted) => {
    const found = undeclared.filter(({ verdict }) => verdict === wanted);
    return found.length === 0 ? [] : [`${LOSSES[procedureOf(found)]}${endWords(found, wanted)}`];
  });
}

const LOSSES: Readonly<Record<Procedure, string>> = {
  safe: "",
  published: "The published procedure has losses that no plan declares: ",
};

const procedureOf = ([first]: readonly TriedCase[]): Procedure => first?.subject.scenario.procedure ?? "safe";

const endWords = (found: readonly TriedCase[], wanted: string): string =>
  `${counted(found.length, "case")} ${found.length === 1 ? "ends" : "end"} ${wanted}, which the plan does not declare: ${someIds(found)}.`;

const SOME = 4;

/** One of each slot and step first: ten cuts in one write tell no more than one. */
function someIds(tried: readonly TriedCase[]): string {
  const kindOf = ({ subject, operation }: TriedCase) => `${subject.scenario.slot} ${operation?.step}`;
  const firsts = tried.filter(
    (one, index) => tried.findIndex((other) => kindOf(other) === kindOf(one)) === index,
  );
  const chosen = [...firsts, ...tried.filter((one) => !firsts.includes(one))].slice(0, SOME);
  return chosen.map(({ id }) => id).join(", ") + (tried.length > SOME ? ", …" : "");
}

function lostWords(subject: Subject): string[] {
  const lost = lostContents(subject);
  const names = lost.map((name) => `'${name}'`).join(", ");
  return lost.length === 0
    ? []
    : [
        `From '${subject.scenario.start.name}' the device loses what it kept in ${names}, although the place stays.`,
      ];
}

import { calledName, listed } from "../picture/names";
import { holdsCredentials, holdsKeys, roleOf } from "../picture/roles";
import { hex, sizeText } from "../text/units";
import type { ChangeKind, Fate } from "./diff";

/** What becomes of one partition, in a sentence or two. */
export const wordsOf = (fate: Fate): string =>
  `${nameOf(fate)} ${deed(fate)}${consequence(fate)}${credentials(fate)}.${caution(fate)}`;

/** The app that rewrites the table goes on running from its slot, and is started from it once more. */
export const isFatal = (fate: Fate): boolean => fate.isRunning && lost(fate) > 0;

/** What becomes of all: those that share a plain fate share a sentence. */
export function summaryOf(fates: readonly Fate[]): string {
  if (fates.length === 0) return "Neither table has a partition.";
  const plain = fates.filter((fate) => !isSpecial(fate));
  const sentence = (kind: ChangeKind): string[] => {
    const group = plain.filter((fate) => fate.kind === kind);
    return group.length < 2 ? group.map(wordsOf) : [`${listed(group.map(nameOf))} ${inCommon[kind](group)}.`];
  };
  const special = fates.filter(isSpecial).map(wordsOf);
  const others = (["grown", "shrunk", "moved", "erased", "new"] as const).flatMap(sentence);
  return [...sentence("kept"), ...special, ...others].join(" ");
}

/** What is always worth a sentence of its own. */
const isSpecial = (fate: Fate): boolean =>
  (fate.use !== undefined && fate.kind !== "new") ||
  fate.use === "slot" ||
  fate.bytesOverwritten > 0 ||
  credentials(fate) !== "" ||
  caution(fate) !== "";

function deed(fate: Fate): string {
  const { kind, before, after } = fate;
  if (kind === "kept")
    return lost(fate) === 0 ? `is kept (${sizeText(fate.bytesKept)})` : "stays where it is";
  if (kind === "grown") return `grows by ${sizeText(growth(fate))}`;
  if (kind === "shrunk") return `shrinks by ${sizeText(-growth(fate))}`;
  if (kind !== "moved" || !before || !after) return `is ${kind}`;
  const resized =
    growth(fate) === 0 ? "" : ` with ${sizeText(after.size)} instead of ${sizeText(before.size)}`;
  return `moves to ${hex(after.offset)}${resized}`;
}

function consequence(fate: Fate): string {
  const { kind, use } = fate;
  if (kind === "new") return use === "slot" ? " and receives MicroPython" : "";
  if (use === "slot") return " and is replaced by MicroPython";
  if (use === "files") return ` and is erased for the files of MicroPython (${sizeText(lost(fate))} lost)`;
  if (kind === "erased") return ` (${sizeText(lost(fate))} lost)`;
  if (kind === "moved") return `, and what it holds is lost (${sizeText(lost(fate))})`;
  return `${kind === "shrunk" ? ", and what it holds at its end is lost" : ""}${overwriting(fate)}`;
}

/** Of a partition that stays, but over which MicroPython or its files come to lie. */
function overwriting(fate: Fate): string {
  if (fate.bytesOverwritten === 0) return "";
  return fate.bytesKept === 0
    ? `, and MicroPython overwrites all of it (${sizeText(lost(fate))} lost)`
    : `, and MicroPython overwrites ${sizeText(fate.bytesOverwritten)} of it`;
}

const credentials = (fate: Fate): string =>
  wasOne(fate, holdsCredentials) && fate.bytesKept === 0 ? ", and with it the stored Wi-Fi credentials" : "";

/**
 * What follows from it. NVS that has become too small for its pages is erased by MicroPython as soon as it starts
 * (`nvs_flash_erase` in main.c); filesystems remember how large they are.
 */
function caution(fate: Fate): string {
  const { kind, bytesKept } = fate;
  if (isFatal(fate))
    return ` The repartitioner runs from there, so it must stay as it is at ${hex(fate.before?.offset ?? 0)}: otherwise the device does not start again.`;
  if (wasOne(fate, holdsKeys) && lost(fate) > 0)
    return " Without the keys in it, an encrypted NVS cannot be read.";
  if (bytesKept === 0) return "";
  if (wasOne(fate, holdsCredentials) && lost(fate) > 0)
    return " MicroPython may then erase all of it, and with it the stored Wi-Fi credentials.";
  return holdsFiles(fate) && (kind === "grown" || kind === "shrunk")
    ? " Its files may be lost, because a filesystem does not change its size by itself."
    : "";
}

/** The second half of a sentence about several partitions. */
const inCommon: Readonly<Record<ChangeKind, (group: readonly Fate[]) => string>> = {
  kept: (group) => `are kept (${sizeText(total(group, ({ bytesKept }) => bytesKept))})`,
  grown: (group) => `grow by ${sizeText(total(group, growth))} in all`,
  shrunk: (group) => `shrink by ${sizeText(total(group, lost))} in all, which are lost`,
  moved: (group) => `move, and what they hold is lost (${sizeText(total(group, lost))})`,
  erased: (group) => `are erased (${sizeText(total(group, lost))} lost)`,
  new: () => "are new",
};

const growth = ({ before, after }: Fate): number => (after?.size ?? 0) - (before?.size ?? 0);
export const lost = ({ before, bytesKept }: Fate): number => (before?.size ?? 0) - bytesKept;
const total = (fates: readonly Fate[], amount: (fate: Fate) => number): number =>
  fates.reduce((sum, fate) => sum + amount(fate), 0);

function nameOf({ before, after }: Fate): string {
  const name = (after ?? before)?.name ?? "";
  if (!before || !after || before.name === after.name) return calledName(name);
  if (name === "") return `(no name, was ${before.name})`;
  return before.name === "" ? `${name} (had no name)` : `${name} (was ${before.name})`;
}

const wasOne = ({ before }: Fate, isOne: typeof holdsKeys): boolean => before !== undefined && isOne(before);

const holdsFiles = ({ before }: Fate): boolean =>
  before !== undefined && roleOf(before.type, before.subtype, before.name) === "filesystem";

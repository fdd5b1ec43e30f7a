import type { EvidenceKind, Topic, Verdict } from "../../compat/evidence";
import type { Protection } from "../../job/board";
import { endOf } from "../../table/entry";
import { hex, sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import type { BootableImage, Download, FlashEffect, Range } from "../plan/plan";
import { imageName } from "../plan/route";
import type { ProposalKind } from "../solve/arrange";

export const topicTitles: Readonly<Record<Topic, string>> = {
  bootloader: "Bootloader",
  version: "Versions of ESP-IDF",
  chip: "Chip",
  "chip-revision": "Chip revision",
  "flash-size": "Flash size",
  "md5-row": "MD5 row of the table",
  rollback: "Rollback of updates",
  "secure-boot": "Secure Boot",
  "flash-encryption": "Flash encryption",
  repartitioner: "The repartitioner itself",
};

export const verdictWords: Readonly<Record<Verdict, string>> = {
  refused: "Refused",
  unknown: "Unknown",
  risky: "Risky",
  supported: "Supported",
};

export const evidenceWords: Readonly<Record<EvidenceKind, string>> = {
  documented: "Documented",
  vendor: "Stated by the vendor",
  reported: "Reported by users",
  emulated: "Seen in emulation",
  measured: "Measured",
};

export const proposalTitles: Readonly<Record<ProposalKind, string>> = {
  published: "As published",
  balanced: "Balanced",
  "largest-vfs": "Largest filesystem",
};

/** Whoever signs must see that nothing but a statement stands behind a reason. */
export const STATED = "No evidence: this follows only from what was stated of the devices.";

/** Said wherever a fact is missing. */
export const NOT_KNOWN = "not known";

/** `Erases 0x2d0000 to 0x400000 (1.19 MB): the place of 'vfs'`. */
export const effectText = ({ kind, offset, size, what }: FlashEffect): string =>
  `${kind === "erase" ? "Erases" : "Writes"} ${hex(offset)} to ${hex(endOf({ offset, size }))} (${sizeText(size)}): ${what}`;

export const downloadText = ({ image, bytes }: Download): string =>
  `${bytesText(bytes)}: ${imageName[image]}`;

/** `the repartitioner in 'app0'`. */
export const bootableText = ([first]: readonly BootableImage[]): string =>
  first ? `${imageName[first.image]} in '${first.slot}'` : "nothing";

/** In the order in which the bootloader tries them. */
export const bootableSentence = (images: readonly BootableImage[]): string =>
  images.length === 0
    ? "Nothing: the device does not start."
    : `First ${images.map((image) => bootableText([image])).join(", then ")}.`;

/** `45 to 400 ms`, `6.2 to 88 s`; nothing where nothing is erased or written. */
export function durationText({ typical, most }: Range): string {
  if (most === 0) return "Nothing is erased or written.";
  return most < 1
    ? `${Math.round(typical * 1000)} to ${Math.round(most * 1000)} ms.`
    : `${short(typical)} to ${short(most)} s.`;
}

const short = (seconds: number): string => String(Number(seconds.toPrecision(2)));

/** How often each sector is erased. */
export function wearText({ typical, most }: Range): string {
  if (most === 0) return "None.";
  const times = typical === most ? `${most}` : `${typical} to ${most}`;
  return `${times} ${most === 1 ? "erase" : "erases"} of each sector that it touches.`;
}

/** Undefined where nobody has looked. */
export const protectionWords: Readonly<Record<Protection, string | undefined>> = {
  on: "on",
  off: "off",
  unknown: undefined,
};

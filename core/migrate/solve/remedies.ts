import { FLASH_SIZES, formatFlashSize } from "../../chip/flashSize";
import type { ChipTarget } from "../../chip/targets";
import { APP, offsetAlignment } from "../../table/subtypes";
import { sizeText } from "../../text/units";
import { bytesText } from "../bytesText";
import { arrange, type ProposalKind, slotFor } from "./arrange";
import { type Ground, ofUnknownUse } from "./ground";
import { knownBuilds } from "./knownBuilds";

/** What would make room where there is none. */
export interface Remedies {
  /** The largest binary that fits, in bytes; undefined where none does. */
  readonly largestBinary?: number | undefined;
  readonly words: readonly string[];
}

const PAGE = offsetAlignment(APP);

export function remediesFor(
  kind: ProposalKind,
  ground: Ground,
  { binarySize, chip }: { readonly binarySize: number; readonly chip?: ChipTarget | undefined },
): Remedies {
  const slot = slotFor(binarySize);
  const largestBinary = pagesBelow(slot).find((size) => arrange(kind, ground, size));
  return {
    largestBinary,
    words: [
      ...givingUp(kind, ground, slot),
      ...(largestBinary === undefined ? [] : smallerBuilds(largestBinary, binarySize, chip)),
      ...largerFlash(kind, ground, slot),
    ],
  };
}

const pagesBelow = (size: number): number[] =>
  Array.from({ length: Math.max(0, size / PAGE - 1) }, (_, page) => size - (page + 1) * PAGE);

/** What nobody said the use of: only the user knows whether it can go. */
function givingUp(kind: ProposalKind, ground: Ground, slot: number): string[] {
  const unknown = ofUnknownUse(ground);
  const kept = ground.kept.filter((entry) => !unknown.includes(entry));
  if (unknown.length === 0 || !arrange(kind, { ...ground, kept }, slot)) return [];
  const one = unknown.find((entry) =>
    arrange(kind, { ...ground, kept: ground.kept.filter((other) => other !== entry) }, slot),
  );
  const names = (one ? [one] : unknown).map(({ name, size }) => `'${name}' (${sizeText(size)})`);
  return [
    `It fits if ${names.join(", ")} may go. Give ${names.length === 1 ? "it" : "them"} up only if MicroPython does not need what is in there.`,
  ];
}

function smallerBuilds(largest: number, binarySize: number, chip: ChipTarget | undefined): string[] {
  const releases = knownBuilds
    .filter((build) => build.chip === chip?.id && build.size <= largest)
    .map(({ release, size }) => `${release} (${bytesText(size)})`);
  return [
    `A build of at most ${bytesText(largest)} fits, ${bytesText(binarySize - largest)} fewer than this one: leave out frozen modules, or build for size, as MicroPython's OTA variant does.`,
    ...(releases.length === 0
      ? []
      : [`Of MicroPython's own builds for ${chip?.name}, these releases fit: ${releases.join(", ")}.`]),
  ];
}

function largerFlash(kind: ProposalKind, ground: Ground, slot: number): string[] {
  const size = FLASH_SIZES.find(
    (bytes) => bytes > ground.to && arrange(kind, { ...ground, to: bytes }, slot),
  );
  return size === undefined
    ? []
    : [
        `It fits devices with ${formatFlashSize(size)} of flash. What counts is the flash size in the header of the device's bootloader, which no update over the air can change.`,
      ];
}

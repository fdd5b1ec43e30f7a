import { endOf } from "../../table/entry";
import { alignUp } from "../../text/units";
import type { Extent } from "../solve/spaces";
import type { FlashEffect, Range } from "./plan";

const SECTOR = 0x1000;
const BLOCK = 0x10000;
const PAGE = 0x100;

/** Seconds, typical and longest. Source: datasheet of the Winbond W25Q32JV, AC electrical characteristics. */
export const eraseSector: Range = { typical: 0.045, most: 0.4 };
export const eraseBlock: Range = { typical: 0.15, most: 2 };
export const programPage: Range = { typical: 0.0004, most: 0.003 };

/** Said with every plan: nobody measured these devices. */
export const FLASH_BASIS =
  "Durations and wear are ranges from the datasheet of a common flash chip (Winbond W25Q32JV: a sector of 4 KB is erased in 45 to 400 ms, a block of 64 KB in 150 to 2000 ms, a page of 256 bytes is written in 0.4 to 3 ms, and every sector can be erased at least 100,000 times). They were not measured on your devices; downloads and resets come on top.";

/** How long erasing and writing takes, in seconds. What is aligned is erased in blocks, as ESP-IDF does. */
export const flashSeconds = (effects: readonly FlashEffect[]): Range =>
  sum(
    effects.map((effect) =>
      effect.kind === "erase" ? eraseTime(effect) : times(programPage, pages(effect)),
    ),
  );

/** How long one erase of a sector or block takes, or one write; not rounded, because a page is less than a millisecond. */
export function operationSeconds(op: FlashEffect["kind"], size: number): Range {
  if (op === "write") return times(programPage, Math.ceil(size / PAGE));
  return size === BLOCK ? eraseBlock : eraseSector;
}

function eraseTime(extent: Extent): Range {
  const first = alignUp(extent.offset, BLOCK);
  const blocks = Math.max(0, Math.floor((endOf(extent) - first) / BLOCK));
  const sectors = alignUp(extent.size - blocks * BLOCK, SECTOR) / SECTOR;
  return sum([times(eraseBlock, blocks), times(eraseSector, sectors)]);
}

const pages = ({ size }: Extent): number => Math.ceil(size / PAGE);

const times = ({ typical, most }: Range, count: number): Range => ({
  typical: typical * count,
  most: most * count,
});

const sum = (ranges: readonly Range[]): Range => ({
  typical: rounded(ranges.reduce((total, { typical }) => total + typical, 0)),
  most: rounded(ranges.reduce((total, { most }) => total + most, 0)),
});

/** To milliseconds: sums of such numbers have tails. */
const rounded = (seconds: number): number => Math.round(seconds * 1000) / 1000;

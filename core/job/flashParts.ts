import { isFilledWith } from "../image/bytes";
import type { CombinedImage } from "../image/combined";
import type { TableRow } from "../image/tableRows";
import { TABLE_SECTOR } from "../table/options";
import { alignUp } from "../text/units";
import type { JobRegion, RegionPurpose } from "./job";
import { SECTOR } from "./range";
import { purposeOf } from "./regions";

/** A named piece of a combined image, in flash addresses; `end` is the first byte behind it. */
interface Part {
  readonly address: number;
  readonly end: number;
  readonly name: string;
  readonly purpose: RegionPurpose;
  readonly room?: number;
}

/**
 * Every byte of a combined image or dump as regions that are named after its own table. What is blank is erased instead
 * of written, which comes to the same and costs nothing on the wire. `bytes` is the file that `combined` was read from.
 */
export function flashParts(bytes: Uint8Array, combined: CombinedImage, why: string): JobRegion[] {
  const { flashOffset } = combined;
  const fileEnd = flashOffset + bytes.length;
  return partsOf(combined, fileEnd).map((part): JobRegion => {
    const { address, name, purpose, room } = part;
    const piece = bytes.subarray(address - flashOffset, Math.min(part.end, fileEnd) - flashOffset);
    const place = { address, name, purpose, why, room };
    return isFilledWith(piece, 0xff)
      ? { ...place, kind: "erase", size: alignUp(piece.length, SECTOR) }
      : { ...place, kind: "write", bytes: piece };
  });
}

/** The parts without holes, each at the start of a sector: a row that is not is left to the part before it. */
function partsOf(combined: CombinedImage, fileEnd: number): Part[] {
  const parts: Part[] = [];
  let at = combined.flashOffset;
  const fillUpTo = (address: number) => {
    if (at < address) parts.push({ address: at, end: address, name: "unused", purpose: "other" });
  };
  for (const part of namedParts(combined)) {
    if (part.address < at || part.address >= fileEnd || part.address % SECTOR !== 0) continue;
    fillUpTo(part.address);
    at = alignUp(part.end, SECTOR);
    parts.push({ ...part, end: at });
  }
  fillUpTo(fileEnd);
  return parts;
}

function namedParts({ flashOffset, tableOffset, bootloader, rows, slots }: CombinedImage): Part[] {
  const bootloaderAddress = flashOffset + bootloader.image.offset;
  const damaged = new Set(slots.filter(({ content }) => content.kind === "damaged").map(({ row }) => row));
  const purpose = (row: TableRow): RegionPurpose =>
    damaged.has(row) ? "other" : purposeOf({ ...row, name: row.label });
  return [
    {
      address: bootloaderAddress,
      end: tableOffset,
      name: "bootloader",
      purpose: "bootloader",
      room: tableOffset - bootloaderAddress,
    } as const,
    {
      address: tableOffset,
      end: tableOffset + TABLE_SECTOR,
      name: "partition table",
      purpose: "table",
      room: TABLE_SECTOR,
    } as const,
    ...rows
      .filter(({ size }) => size > 0)
      .map((row) => ({
        address: row.offset,
        end: row.offset + row.size,
        name: row.label,
        purpose: purpose(row),
      })),
  ].toSorted((a, b) => a.address - b.address);
}

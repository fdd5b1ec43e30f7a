import { LARGEST_APP } from "../ota/slots";
import { endOf } from "../table/entry";
import { APP, DATA } from "../table/subtypes";
import { alignDown, alignUp, hex, sizeText } from "../text/units";
import { rowFault } from "./checkPlace";
import type { EditOptions, LayoutRow } from "./intent";
import { type Refusal, refuse, type Wanted } from "./outcome";
import { placesOf } from "./pin";
import {
  limitBehind,
  nextBehind,
  PAGE,
  type Partition,
  SECTOR,
  type Surroundings,
  sizeStep,
  surroundingsOf,
} from "./surroundings";

/** Grows a partition up to the next one, or to the end of flash. An app stays below what the bootloader can load. */
export function fillRest(rows: readonly LayoutRow[], options: EditOptions, row: number): Wanted {
  const around = surroundingsOf(rows, options, row);
  if (!around) return unfit(rows, options, row);
  const { partition } = around;
  const limit = Math.min(limitBehind(around) ?? Infinity, options.flashSize ?? Infinity);
  if (limit === Infinity)
    return refuse(
      `Nobody says where the flash ends, so '${partition.name}' cannot grow up to there. State the device's flashSize in crossflash.json.`,
    );
  const size = sizeUpTo(limit, partition, options);
  return partition.size < size ? resized(partition, size) : refuse(nothingFree(around));
}

/**
 * Gives an app slot the size of a binary and a margin, in whole pages of 64 KB. It takes what is free behind it, and
 * what the data partition behind that can spare: its beginning moves, and 64 KB of it are left at least.
 */
export function fitToBinary(
  rows: readonly LayoutRow[],
  options: EditOptions,
  row: number,
  appSize: number,
  marginPercent: number,
): Wanted {
  const around = surroundingsOf(rows, options, row);
  if (!around) return unfit(rows, options, row);
  const { partition } = around;
  if (partition.type !== APP)
    return refuse(`'${partition.name}' is not an app slot, so no binary is installed into it.`);
  const size = alignUp(appSize * (1 + marginPercent / 100), PAGE);
  const what = `${sizeText(size)} for the binary${marginPercent > 0 ? ` and ${marginPercent} % more` : ""}`;
  if (size === partition.size) return refuse(`'${partition.name}' has ${what} already.`);
  if (size > LARGEST_APP)
    return refuse(`'${partition.name}' would need ${what}. The bootloader loads no app of more than 16 MB.`);
  const end = partition.offset + size;
  const free = limitBehind(around) ?? options.flashSize ?? Infinity;
  if (end <= Math.max(free, endOf(partition))) return resized(partition, size);
  const spare = spareBehind(around);
  if (spare && end <= spare.end) {
    const { row: next } = spare.by;
    return {
      ok: true,
      intent: {
        kind: "place",
        places: [
          { row, offset: partition.offset, size },
          { row: next, offset: end, size: endOf(spare.by) - end },
        ],
      },
    };
  }
  const missing = end - Math.max(free, spare?.end ?? 0);
  return refuse(
    `'${partition.name}' would need ${what}: ${hex(missing)} bytes (${sizeText(missing)}) are missing behind it. Make room there first, or take a smaller margin.`,
  );
}

const resized = ({ row, offset }: Partition, size: number): Wanted => ({
  ok: true,
  intent: { kind: "place", places: [{ row, offset, size }] },
});

/** How far the data partition behind can give way, and which one it is. */
function spareBehind(around: Surroundings): { readonly end: number; readonly by: Partition } | undefined {
  const by = nextBehind(around);
  if (by?.type !== DATA) return undefined;
  const others = around.others.filter((other) => other !== by);
  return { end: Math.min(endOf(by) - PAGE, limitBehind({ ...around, others }) ?? Infinity), by };
}

const sizeUpTo = (limit: number, partition: Partition, options: EditOptions): number =>
  partition.type === APP
    ? Math.min(alignDown(limit - partition.offset, sizeStep(partition, options)), LARGEST_APP)
    : alignDown(limit, SECTOR) - partition.offset;

function nothingFree(around: Surroundings): string {
  const { partition } = around;
  const next = nextBehind(around);
  const reason = next
    ? `'${next.name}' begins at ${hex(next.offset)}`
    : partition.size >= LARGEST_APP && partition.type === APP
      ? "the bootloader loads no app of more than 16 MB"
      : "it reaches to the end of flash";
  return `'${partition.name}' cannot grow: ${reason}.${next ? " Make room there first." : ""}`;
}

function unfit(rows: readonly LayoutRow[], options: EditOptions, row: number): Refusal {
  const found = rows.find((other) => other.row === row);
  return refuse(
    rowFault(found, row, placesOf(rows, options).get(row)) ??
      `'${found?.name}' has no size yet. Complete its row in the text first.`,
  );
}

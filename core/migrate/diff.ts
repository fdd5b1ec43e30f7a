import type { EditOptions, LayoutRow } from "../edit/intent";
import { runningSlot } from "../ota/runningSlot";
import { endOf } from "../table/entry";
import { DATA, isPrimary } from "../table/subtypes";
import { placeRows } from "../table/table";
import { type Pair, type Partition, pairsOf } from "./pairs";
import { isFatal, lost, summaryOf, wordsOf } from "./words";

/** What becomes of a partition. `moved` lies elsewhere; its size may differ too. */
export type ChangeKind = "kept" | "grown" | "shrunk" | "moved" | "new" | "erased";

/** One partition before and after; `before` is missing for a new one, `after` for an erased one. Numbers of rows. */
export interface Change {
  readonly kind: ChangeKind;
  readonly name: string;
  readonly before?: number;
  readonly after?: number;
  /** Size after minus size before, in bytes. */
  readonly growth: number;
  /** Bytes of the source partition that a device still has afterwards. */
  readonly bytesKept: number;
  /** The other bytes of the source partition. */
  readonly bytesLost: number;
  /** Whether the app that does all this would lose the ground it stands on: the device would not start again. */
  readonly isFatal: boolean;
  /** `app1 grows by 256 KB and is replaced by MicroPython.` */
  readonly words: string;
}

/** All partitions of both tables, in the order in which they lie in flash. */
export interface TableDiff {
  readonly changes: readonly Change[];
  readonly bytesKept: number;
  readonly bytesLost: number;
  /** All changes in a few sentences. */
  readonly summary: string;
}

/** The table that the devices have and the one that they shall get. */
export interface DiffInput {
  readonly before: readonly LayoutRow[];
  readonly after: readonly LayoutRow[];
  readonly options: EditOptions;
  /** The row of `after` whose partition receives MicroPython. */
  readonly slot?: number | undefined;
}

/** What becomes of one partition: what the sentences are made of. */
export interface Fate extends Pair {
  readonly kind: ChangeKind;
  /** What MicroPython does with its place: it is installed there, or has it erased for its files. */
  readonly use?: "slot" | "files" | undefined;
  readonly bytesKept: number;
  /** Whether the repartitioner runs from it. */
  readonly isRunning: boolean;
  /** Bytes in their old place that MicroPython needs, because its slot or its filesystem lies over them. */
  readonly bytesOverwritten: number;
}

/**
 * Compares two tables as a device will see it: nothing is copied, so what a partition holds is kept only where the
 * partition is still found at the same offset and as what it was, and where MicroPython does not need the place.
 */
export function diffTables({ before, after, options, slot }: DiffInput): TableDiff {
  const sources = partitionsOf(before, options);
  const targets = partitionsOf(after, options);
  const running = runningSlot(sources);
  const used = usedBy(targets, slot);
  const fates = pairsOf(sources, targets)
    .map((pair) => fateOf(pair, used, running))
    .sort((a, b) => placeOf(a) - placeOf(b));
  const changes = fates.map(changeOf);
  return {
    changes,
    bytesKept: sum(changes, ({ bytesKept }) => bytesKept),
    bytesLost: sum(changes, ({ bytesLost }) => bytesLost),
    summary: summaryOf(fates),
  };
}

/** What the tool places itself is there before and after, in the table or not. */
const partitionsOf = (rows: readonly LayoutRow[], options: EditOptions): Partition[] =>
  placeRows(rows, options).filter(({ type, subtype, size }) => size > 0 && !isPrimary(type, subtype));

/** What MicroPython overwrites: nothing while it has no slot. */
interface Used {
  readonly slot?: Partition | undefined;
  readonly files?: Partition | undefined;
}

function usedBy(targets: readonly Partition[], row: number | undefined): Used {
  const slot = targets.find((target) => target.row === row);
  return slot ? { slot, files: filesOf(targets) } : {};
}

/** MicroPython finds its filesystem by label; the repartitioner erases it, so that MicroPython makes a new one. */
const filesOf = (targets: readonly Partition[]): Partition | undefined =>
  ["vfs", "ffat"]
    .map((label) => targets.find(({ type, name }) => type === DATA && name === label))
    .find((found) => found !== undefined);

function fateOf({ before, after }: Pair, { slot, files }: Used, running: Partition | undefined): Fate {
  const use =
    after === undefined ? undefined : after === slot ? "slot" : after === files ? "files" : undefined;
  const staying = before && before.offset === after?.offset ? Math.min(before.size, after.size) : 0;
  const bytesKept = before ? bytesOutside(before.offset, before.offset + staying, [slot, files]) : 0;
  return {
    kind: kindOf(before, after),
    before,
    after,
    use,
    isRunning: before !== undefined && before === running,
    bytesKept,
    bytesOverwritten: staying - bytesKept,
  };
}

/** How many of the bytes from `offset` up to `end` lie in none of the partitions, which may overlap. */
function bytesOutside(offset: number, end: number, partitions: readonly (Partition | undefined)[]): number {
  const [first, ...others] = partitions;
  if (offset >= end) return 0;
  if (partitions.length === 0) return end - offset;
  if (!first) return bytesOutside(offset, end, others);
  return (
    bytesOutside(offset, Math.min(end, first.offset), others) +
    bytesOutside(Math.max(offset, endOf(first)), end, others)
  );
}

function kindOf(before: Partition | undefined, after: Partition | undefined): ChangeKind {
  if (!before) return "new";
  if (!after) return "erased";
  if (before.offset !== after.offset) return "moved";
  if (before.size === after.size) return "kept";
  return before.size < after.size ? "grown" : "shrunk";
}

const changeOf = (fate: Fate): Change => ({
  kind: fate.kind,
  name: (fate.after ?? fate.before)?.name ?? "",
  ...(fate.before ? { before: fate.before.row } : {}),
  ...(fate.after ? { after: fate.after.row } : {}),
  growth: (fate.after?.size ?? 0) - (fate.before?.size ?? 0),
  bytesKept: fate.bytesKept,
  bytesLost: lost(fate),
  isFatal: isFatal(fate),
  words: wordsOf(fate),
});

const placeOf = ({ before, after }: Fate): number => (after ?? before)?.offset ?? 0;

const sum = <T>(items: readonly T[], amount: (item: T) => number): number =>
  items.reduce((total, item) => total + amount(item), 0);

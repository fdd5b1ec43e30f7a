import type { Change, TableDiff } from "../migrate/diff";
import { endOf } from "../table/entry";
import type { Range, Scene } from "./scene";

/** What connects a partition before with the same one after. An erased one has only `from`, a new one only `to`. */
export interface Ribbon extends Pick<Change, "kind" | "before" | "after" | "bytesLost"> {
  readonly from?: Range;
  readonly to?: Range;
}

/** One ribbon for each change, in their order. */
export function ribbonsOf({ changes }: TableDiff, source: Scene, target: Scene): Ribbon[] {
  const sources = rangesOf(source);
  const targets = rangesOf(target);
  return changes.map(({ kind, before, after, bytesLost }) => {
    const from = sources.get(before);
    const to = targets.get(after);
    return {
      kind,
      bytesLost,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
      ...(from ? { from } : {}),
      ...(to ? { to } : {}),
    };
  });
}

const rangesOf = ({ regions }: Scene): ReadonlyMap<number | undefined, Range> =>
  new Map(
    regions.flatMap((region): [number, Range][] =>
      region.row === undefined ? [] : [[region.row, { offset: region.offset, end: endOf(region) }]],
    ),
  );

import type { PlacedEntry } from "../table/entry";
import { APP } from "../table/subtypes";

/** A partition that has a place. */
export type Partition = PlacedEntry<number>;

/** A partition before and the same one after; without one of them it is erased or new. */
export interface Pair {
  readonly before?: Partition | undefined;
  readonly after?: Partition | undefined;
}

/** Finds each partition again: first by what names it best, the rest by what else it may have kept. */
export function pairsOf(sources: readonly Partition[], targets: readonly Partition[]): Pair[] {
  const before = new Set(sources);
  const after = new Set(targets);
  const pairs: Pair[] = [];
  for (const identityOf of identities) {
    const found = groupedBy(after, identityOf);
    for (const source of before) {
      const target = found.get(identityOf(source))?.shift();
      if (!target) continue;
      pairs.push({ before: source, after: target });
      before.delete(source);
      after.delete(target);
    }
  }
  for (const source of before) pairs.push({ before: source });
  for (const target of after) pairs.push({ after: target });
  return pairs;
}

function groupedBy(partitions: Iterable<Partition>, keyOf: (partition: Partition) => string) {
  const groups = new Map<string, Partition[]>();
  for (const partition of partitions) {
    const group = groups.get(keyOf(partition));
    if (group) group.push(partition);
    else groups.set(keyOf(partition), [partition]);
  }
  return groups;
}

/**
 * An app is what lies at its place and starts from there as whichever slot; one that is no longer there is followed by
 * its slot. Data is looked up by its kind and name, but under another name the contents are the same.
 */
const identities: readonly ((partition: Partition) => string)[] = [
  ({ type, subtype, name, offset }) => (type === APP ? `${type} ${offset}` : `${type} ${subtype} ${name}`),
  ({ type, subtype, offset }) => (type === APP ? `${type} ${subtype}` : `${type} ${subtype} ${offset}`),
];

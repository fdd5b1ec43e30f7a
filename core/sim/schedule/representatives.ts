import type { Operation } from "../device";

/** Of each run of operations that do the same the first two, the middle one and the last. */
export function representatives(operations: readonly Operation[]): readonly Operation[] {
  const groups: Operation[][] = [];
  for (const operation of operations) {
    const group = groups.at(-1);
    if (group?.[0] && isSameWork(group[0], operation)) group.push(operation);
    else groups.push([operation]);
  }
  return groups.flatMap((group) => {
    const wanted = new Set([0, 1, group.length >> 1, group.length - 1]);
    return group.filter((_, index) => wanted.has(index));
  });
}

const isSameWork = (a: Operation, b: Operation): boolean =>
  a.step === b.step && a.op === b.op && a.app === b.app && a.life === b.life;

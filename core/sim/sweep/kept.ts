import { castOf } from "../../migrate/plan/cast";
import type { PlanInput } from "../../migrate/plan/plan";
import { rolesOf } from "../../migrate/roles";
import type { PartitionEntry } from "../../table/entry";
import { APP, DATA, OTADATA } from "../../table/subtypes";
import { SECTOR } from "../flash/contents";
import { contentAt, type Flash } from "../flash/flash";

/** Partitions that both tables have at the same place, and that hold something else after than before. */
export function changedContents(input: PlanInput, before: Flash, after: Flash): readonly string[] {
  const roles = rolesOf(input.source.entries);
  const vfs = roles.ok ? castOf(input, roles.value).vfs : undefined;
  return input.target
    .filter((entry) => isKept(entry, input.source.entries) && entry.offset !== vfs?.offset)
    .filter((entry) => !isSame(before, after, entry))
    .map(({ name }) => name);
}

const isKept = (
  { type, subtype, offset, size }: PartitionEntry,
  before: readonly PartitionEntry[],
): boolean =>
  type !== APP &&
  !(type === DATA && subtype === OTADATA) &&
  before.some(
    (entry) =>
      entry.type === type && entry.subtype === subtype && entry.offset === offset && entry.size === size,
  );

function isSame(before: Flash, after: Flash, { offset, size }: PartitionEntry): boolean {
  for (let at = offset; at < offset + size; at += SECTOR)
    if (contentAt(before, at / SECTOR) !== contentAt(after, at / SECTOR)) return false;
  return true;
}

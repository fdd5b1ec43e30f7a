import type { PartitionEntry } from "../table/entry";
import { castOf } from "./plan/cast";
import { type Roles, rolesOf, startableApps } from "./roles";

/** A source table, the target table that replaces it, and which partition does what. */
export interface TablePair {
  readonly source: readonly PartitionEntry[];
  readonly target: readonly PartitionEntry[];
  /** In the source table. */
  readonly roles: Roles;
  /** In the target table; those are its own entries. */
  readonly cast: ReturnType<typeof castOf>;
  /** The partitions of the source table from which the devices may run today. */
  readonly starts: readonly PartitionEntry[];
}

/** Undefined where devices with the source table take no update over the air. */
export function pairOf(
  source: readonly PartitionEntry[],
  target: readonly PartitionEntry[],
): TablePair | undefined {
  const roles = rolesOf(source);
  if (!roles.ok) return undefined;
  return {
    source,
    target,
    roles: roles.value,
    cast: castOf({ target }, roles.value),
    starts: startableApps(source),
  };
}

import type { Tear } from "../flash/torn";

/**
 * Where in an operation power fails. `before` and `after` it; `begun`, `middle` and `almost` of it; and of a write exactly
 * so many bytes: `byte-64`, counted in words of 4.
 */
export type Position = "before" | Tear | "after" | `byte-${number}`;

/** Those that every operation has, in the order of time. */
export const positions = [
  "before",
  "begun",
  "middle",
  "almost",
  "after",
] as const satisfies readonly Position[];

/** The bytes of a `byte-64`; undefined for the others. */
export const bytesAt = (position: Position): number | undefined =>
  position.startsWith("byte-") ? Number(position.slice("byte-".length)) : undefined;

import type { Tear } from "../flash/torn";

/**
 * Where in an operation power fails. `before` and `after` it; `begun`, `middle` and `almost` of it; and of a write, exactly
 * behind so many bytes (`byte-64`), or with the word behind them half programmed (`torn-64`).
 */
export type Position = "before" | Tear | "after" | `byte-${number}` | `torn-${number}`;

/** Those that every operation has, in the order of time. */
export const positions = [
  "before",
  "begun",
  "middle",
  "almost",
  "after",
] as const satisfies readonly Position[];

/** The bytes of a `byte-64` or a `torn-64`; undefined for the others. */
export function bytesAt(position: Position): number | undefined {
  const [, bytes] = /^(?:byte|torn)-(\d+)$/.exec(position) ?? [];
  return bytes === undefined ? undefined : Number(bytes);
}

/** Whether the word behind the bytes is half programmed. */
export const isTorn = (position: Position): boolean => position.startsWith("torn-");

/** Whether power fails inside of the operation. */
export const isInside = (position: Position): boolean => position !== "before" && position !== "after";

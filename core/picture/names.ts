import type { Change } from "../migrate/diff";
import { type ExtraSubtype, partitionTypes, subtypesOf } from "../table/subtypes";
import { hex } from "../text/units";

/** What to call a partition that may have no name yet. */
export const calledName = (name: string): string => (name === "" ? "(no name)" : name);

/** Names as a sentence lists them; of many, the first ones: `nvs, otadata and app0`, `a, b, c, d and 9 more`. */
export function listed(names: readonly string[]): string {
  const shown = names.length <= 5 ? names : [...names.slice(0, 4), `${names.length - 4} more`];
  return [shown.slice(0, -1).join(", "), ...shown.slice(-1)].filter((part) => part !== "").join(" and ");
}

/** What became of a partition, in a word or two. In place, but with other contents, is not kept. */
export const changeWord = ({ kind, bytesLost }: Pick<Change, "kind" | "bytesLost">): string =>
  kind === "kept" && bytesLost > 0 ? "in place" : kind;

interface Kind {
  readonly type: number | undefined;
  readonly subtype: number | undefined;
}

/** `app, ota_0`; numbers without a word are hexadecimal, and what cannot be read is an ellipsis. */
export function kindText({ type, subtype }: Kind, extra: readonly ExtraSubtype[]): string {
  if (type === undefined) return "…";
  return `${wordOf(type, partitionTypes)}, ${wordOf(subtype, subtypesOf(type, extra))}`;
}

type Word = Pick<ExtraSubtype, "name" | "value">;

const wordOf = (value: number | undefined, words: readonly Word[]): string =>
  value === undefined ? "…" : (words.find((word) => word.value === value)?.name ?? hex(value));

import { freeName } from "../table/label";
import { parseNumber } from "../table/number";
import { mostRows } from "../table/options";
import {
  APP,
  isComputed,
  isPrimary,
  type Keyword,
  partitionTypes,
  subtypesOf,
  UNDEFINED,
  wordValue,
} from "../table/subtypes";
import { strip } from "../text/python";
import { placeFault } from "./checkPlace";
import { type EditOptions, type LayoutIntent, type LayoutRow, NEW_ROW } from "./intent";
import { insertInOrder } from "./order";
import { type Edited, type Refusal, refuse } from "./outcome";
import { pinned, placesOf } from "./pin";

type Add = Extract<LayoutIntent, { kind: "add" }>;

/** A new partition, its row in the order of the offsets. Its name gets a number where another one has it. */
export function add(rows: readonly LayoutRow[], intent: Add, options: EditOptions): Edited {
  const most = mostRows(options);
  if (rows.length >= most) return refuse(`The table holds at most ${most} partitions. Delete one first.`);
  const kind = kindOf(intent, options);
  if (!kind.ok) return kind;
  const { type, subtype } = kind;
  const name = freeName(strip(intent.name), new Set(rows.map((row) => row.name)));
  const fault = placeFault({ name, type }, intent, {}, options);
  if (fault) return refuse(fault);
  const { offset, size } = intent;
  const places = new Map([...placesOf(rows, options), [NEW_ROW, { row: NEW_ROW, offset, size }]]);
  const row = { row: NEW_ROW, name, type, subtype, offset, size, encrypted: false, readonly: false };
  const ordered = insertInOrder(rows, { ...row, blankOffset: false, automatic: false }, places);
  return { ok: true, rows: pinned(inStyle(ordered), places, options) };
}

/** The new row leaves its offset blank where the row above it does, or all rows do. */
function inStyle(rows: readonly LayoutRow[]): LayoutRow[] {
  const inOrder = rows.filter(({ type, subtype }) => !isPrimary(type, subtype));
  const above = inOrder[inOrder.findIndex(({ row }) => row === NEW_ROW) - 1];
  const others = inOrder.filter(({ row }) => row !== NEW_ROW);
  const isBlank = above?.blankOffset ?? (others.length > 0 && others.every(({ blankOffset }) => blankOffset));
  return rows.map((row) =>
    isBlank && row.row === NEW_ROW ? { ...row, offset: undefined, blankOffset: true, automatic: true } : row,
  );
}

/** Type and subtype as the CSV writes them: words or numbers; a blank subtype means `undefined`. */
function kindOf(
  { type: typeText, subtype: subtypeText }: Add,
  { extraSubtypes }: EditOptions,
): { readonly ok: true; readonly type: number; readonly subtype: number } | Refusal {
  const type = byteOf(typeText, partitionTypes);
  if (type === undefined)
    return refuse(
      `'${strip(typeText)}' is not a partition type. Use app, data or a number from 0x40 to 0xfe.`,
    );
  if (isComputed(type))
    return refuse(
      `The build computes the size of a partition of type '${strip(typeText)}'. Write its row in the text.`,
    );
  const isDefault = type !== APP && strip(subtypeText) === "";
  const subtype = isDefault ? UNDEFINED : byteOf(subtypeText, subtypesOf(type, extraSubtypes));
  if (subtype === undefined)
    return refuse(
      `'${strip(subtypeText)}' is not a subtype of '${strip(typeText)}'. Use a number from 0 to 0xfe or one of its words, such as ${example(type)}.`,
    );
  return { ok: true, type, subtype };
}

const example = (type: number): string => (type === APP ? "ota_0" : "fat");

/** The number of a word or a literal, where it fits the byte that the table has for it. */
function byteOf(text: string, words: readonly Keyword[]): number | undefined {
  const parsed = parseNumber(strip(text), (word) => wordValue(words, word));
  return parsed.ok && 0 <= parsed.value && parsed.value <= 0xff ? parsed.value : undefined;
}

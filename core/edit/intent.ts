import type { Column } from "../table/csv";
import type { LayoutOptions } from "../table/layout";
import type { TableOptions } from "../table/options";
import type { PlaceableRow } from "../table/read";

/** A row without its text. `row` counts the rows of the CSV from 0; a row that the text does not have yet is `NEW_ROW`. */
export type LayoutRow = PlaceableRow<number>;

export const NEW_ROW = -1;

/** What placing, drawing and editing need of the facts. */
export type EditOptions = LayoutOptions & Pick<TableOptions, "secure" | "extraSubtypes" | "md5Row">;

/** Where a partition shall lie, in bytes. */
export interface Place {
  readonly row: number;
  readonly offset: number;
  readonly size: number;
}

/**
 * What somebody wants of a table, apart from its text. Rows are named by their number in the CSV, from 0.
 *
 * - `place`: these partitions lie here; all others stay where they are, whatever their rows say of it.
 * - `add`: a new partition; nothing else moves. Type and subtype as the CSV writes them.
 * - `delete`: the row goes; nothing else moves.
 * - `reorder`: the row goes in front of another one (`null`: to the end), and the partitions between close up.
 * - `write`: these fields get this text, as if it had been typed: blank offsets below follow.
 */
export type LayoutIntent =
  | { readonly kind: "place"; readonly places: readonly Place[] }
  | {
      readonly kind: "add";
      readonly name: string;
      readonly type: string;
      readonly subtype: string;
      readonly offset: number;
      readonly size: number;
    }
  | { readonly kind: "delete"; readonly row: number }
  | { readonly kind: "reorder"; readonly row: number; readonly before: number | null }
  | {
      readonly kind: "write";
      readonly row: number;
      readonly cells: { readonly [C in Column]?: string | undefined };
    };

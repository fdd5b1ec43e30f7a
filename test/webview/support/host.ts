import { applyIntent } from "../../../core/edit/apply";
import type { LayoutIntent, LayoutRow } from "../../../core/edit/intent";
import { cellOf, columns, parseCsv } from "../../../core/table/csv";
import { defaultTableOptions } from "../../../core/table/options";
import { readTable } from "../../../core/table/table";
import type { FromWebview, LayoutSnapshot, SnapshotRow } from "../../../protocol/webview";
import type { PageEvent } from "../../../webview/state";

export const options = { tableOffset: 0x8000, flashSize: 0x400000, extraSubtypes: [], md5Row: true };

/** The table of the published procedure. */
export const otaTable = [
  "nvs,data,nvs,,0x5000",
  "otadata,data,ota,,0x2000",
  "app0,app,ota_0,,0x140000",
  "app1,app,ota_1,,0x140000",
  "vfs,data,fat,,0x100000",
].join("\n");

/** The rows of a CSV as the host sends them. */
export const rowsOfText = (text: string): SnapshotRow[] =>
  readTable(parseCsv(text), { ...defaultTableOptions, ...options }).rows.map(
    ({ faults: _, ...read }, row) => ({
      ...read,
      row,
      cells: columns.map((column) => cellOf(read.row, column).text),
    }),
  );

export const snapshotOf = (
  rows: readonly SnapshotRow[],
  version = 1,
  more: Partial<LayoutSnapshot> = {},
): LayoutSnapshot => ({
  version,
  title: "partitions.csv",
  role: "alone",
  options,
  rows,
  problems: [],
  ...more,
});

/** What rows mean, without the fields of their text. */
export const shapeOf = (rows: readonly LayoutRow[]) =>
  rows.map(({ row, name, type, subtype, offset, size, blankOffset }) => ({
    row,
    name,
    type,
    subtype,
    offset,
    size,
    blankOffset,
  }));

/** A host that applies intents to rows instead of to a text, and that answers when it is told to. */
export class FakeHost {
  rows: readonly SnapshotRow[];
  version = 1;
  readonly inbox: FromWebview[] = [];

  constructor(text: string) {
    this.rows = rowsOfText(text);
  }

  snapshot = (): PageEvent => ({ kind: "snapshot", snapshot: snapshotOf(this.rows, this.version) });

  /** The user types into the text, or another panel changes it. */
  change(intent: LayoutIntent): PageEvent[] {
    this.apply(intent);
    return [this.snapshot()];
  }

  /** Something around the text has changed: its version has not. */
  learn = (): PageEvent[] => [this.snapshot()];

  /** Works off the oldest message that changes something. */
  answer(): PageEvent[] {
    const message = this.inbox.shift();
    if (message?.name !== "applyIntent") return [];
    const { baseVersion, intent } = message.params;
    if (baseVersion !== this.version) return this.refuse("The table has changed in the meantime.");
    const fault = this.apply(intent);
    return fault === undefined ? [this.snapshot()] : this.refuse(fault);
  }

  private refuse(message: string): PageEvent[] {
    return [{ kind: "refused", message }, this.snapshot()];
  }

  private apply(intent: LayoutIntent): string | undefined {
    const edited = intent.kind === "write" ? this.written(intent) : applyIntent(this.rows, intent, options);
    if (!edited.ok) return edited.message;
    this.rows = edited.rows.map((row, index) => ({
      ...row,
      row: index,
      cells: this.rows.find((other) => other.row === row.row)?.cells ?? [row.name],
    }));
    this.version++;
    return undefined;
  }

  private written({ row, cells }: Extract<LayoutIntent, { kind: "write" }>) {
    const rows = this.rows.map((other) =>
      other.row === row
        ? { ...other, name: cells.name ?? other.name, size: sizeOf(cells.size, other) }
        : other,
    );
    return { ok: true, rows } as const;
  }
}

const sizeOf = (text: string | undefined, { size }: LayoutRow): number | undefined =>
  text === undefined ? size : text === "" ? undefined : Number(text);

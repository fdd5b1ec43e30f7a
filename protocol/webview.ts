import type { EditOptions, LayoutIntent, LayoutRow } from "../core/edit/intent";
import type { SceneBinary } from "../core/picture/scene";
import type { Severity } from "../core/rules/rule";
import type { Column } from "../core/table/csv";
import { type Message, type ParamsOf, readMessage, type Shapes } from "./message";
import { either, listOf, oneOf, optional, type Shape, struct, text, whole } from "./shape";

/** Grows with every change of a message, so that a page kept from before an update is not misunderstood. */
export const protocolVersion = 1;

/** Addresses and sizes beyond the 32 bits of the binary table make no sense, and less than nothing is no size. */
const address = whole(0, 2 ** 32);
const rowNumber = whole(0, 10_000);
const version = whole(0, Number.MAX_SAFE_INTEGER);
/** The longest text of a field that is shown and may be written, in UTF-16 units. */
export const MAX_FIELD = 200;
const field = text(MAX_FIELD);

const cells = struct({
  name: optional(field),
  type: optional(field),
  subtype: optional(field),
  offset: optional(field),
  size: optional(field),
  flags: optional(field),
});

const place = struct({ row: rowNumber, offset: address, size: address });

const intent: Shape<LayoutIntent> = either(
  either(
    struct({ kind: oneOf("place"), places: listOf(place, 2) }),
    struct({
      kind: oneOf("add"),
      name: field,
      type: field,
      subtype: field,
      offset: address,
      size: address,
    }),
  ),
  either(
    struct({ kind: oneOf("delete"), row: rowNumber }),
    either(
      struct({ kind: oneOf("reorder"), row: rowNumber, before: either(rowNumber, oneOf(null)) }),
      struct({ kind: oneOf("write"), row: rowNumber, cells }),
    ),
  ),
);

/**
 * What the page may ask of its host. Every message that arrives is checked against these shapes before anything else is
 * done with it. Problems and fixes are named by their place in the snapshot of `baseVersion`.
 */
export const fromWebview = {
  /** The page can be told; the answer is a snapshot. */
  ready: struct({ protocol: version }),
  /** One gesture, one undo step. Answered by a snapshot, or by `refused` and a snapshot. */
  applyIntent: struct({ baseVersion: version, intent }),
  /** With the title that was on the button: new facts can change the problems of a text that stays as it is. */
  applyFix: struct({ baseVersion: version, problem: rowNumber, fix: rowNumber, title: field }),
  /** The row that is selected in the page, so that the text cursor follows; `null` for none. */
  select: struct({ row: either(rowNumber, oneOf(null)) }),
  /** Brings the text editor to the front, at the row. */
  showText: struct({ row: either(rowNumber, oneOf(null)) }),
  /** Explains a rule: its section of the docs. */
  showRule: struct({ id: text(100) }),
  chooseBinary: struct({}),
  /** The picture of the text as it is now; `png` is drawn by the page from the answer `picture`. */
  exportPicture: struct({ format: oneOf("svg", "markdown", "png"), to: oneOf("clipboard", "file") }),
  /** The drawn picture, base64 without a prefix. Of any length: what is too large to be saved is answered with a sentence. */
  savePng: struct({ data: text(Number.POSITIVE_INFINITY) }),
  /** The PNG is in the clipboard. */
  pictureCopied: struct({}),
  /** No PNG could be drawn or copied: the first line is for people, the rest for the log. */
  pictureFailed: struct({ message: text(4000) }),
  /** Something went wrong in the page: for the log. */
  failed: struct({ message: text(4000) }),
} as const satisfies Shapes;

/** What the host tells the page. Snapshots are whole, never changes. */
export interface ToWebview {
  readonly snapshot: LayoutSnapshot;
  /** The row in which the text cursor is. */
  readonly select: { readonly row: number | null };
  /** Nothing was changed, and why, as a sentence. */
  readonly refused: { readonly message: string };
  /** The SVG to draw as PNG and where that goes: the page writes the clipboard itself, a file is `savePng`. */
  readonly picture: { readonly svg: string; readonly to: "clipboard" | "file" };
}

/** Everything that the page shows. A function of the text and the facts around it. */
export interface LayoutSnapshot {
  /** Version of the document; intents name it, so that a change in between is noticed. New facts leave it as it is. */
  readonly version: number;
  /** The name of the file. */
  readonly title: string;
  /** Why nothing can be changed here, as a sentence; missing where it can. */
  readonly locked?: string;
  /** What cannot be drawn at all, as a sentence: the text is too large. */
  readonly unreadable?: string;
  readonly role: "target" | "source" | "alone";
  /** As Espressif writes it: `ESP32-S3`. */
  readonly chip?: string;
  readonly options: EditOptions;
  /** All rows of the CSV in order; the page places and draws them with the core's functions. */
  readonly rows: readonly SnapshotRow[];
  /** Worst first. */
  readonly problems: readonly SnapshotProblem[];
  readonly binary?: SnapshotBinary;
  /** The table that the devices have today, where the manifest names one. */
  readonly source?: SnapshotSource;
}

export interface SnapshotRow extends LayoutRow {
  /** The six fields as the tool reads them, in the order of the columns. */
  readonly cells: readonly string[];
  /** Its fields cannot be changed: a `$VARIABLE` stands for some of them, or they are too long to be shown. */
  readonly isFixed?: true;
}

export interface SnapshotProblem {
  readonly id: string;
  readonly severity: Severity;
  readonly message: string;
  /** The row and the field that it is about; without a row it is about the whole table. */
  readonly row?: number;
  readonly column?: Column;
  /** Titles of the fixes, the best first; at most `MAX_FIELD` characters of each. */
  readonly fixes: readonly string[];
}

export interface SnapshotBinary extends SceneBinary {
  /** `fits app1, 104 KB free`. */
  readonly phrase: string;
  readonly fits: boolean;
  /** The row of the slot into which MicroPython is installed. */
  readonly slot?: number;
}

export interface SnapshotSource {
  /** The path as the manifest writes it. */
  readonly title: string;
  readonly rows: readonly LayoutRow[];
  /** Why it could not be read, as a sentence; then there are no rows. */
  readonly fault?: string;
}

export type FromWebviewName = keyof typeof fromWebview;
export type FromWebviewParams = ParamsOf<typeof fromWebview>;

export type FromWebview = Message<FromWebviewParams>;
export type ToWebviewMessage = Message<ToWebview>;

/** The message, if it is one: `undefined` for anything that the page could not have meant. */
export const readFromWebview = (value: unknown): FromWebview | undefined => readMessage(fromWebview, value);

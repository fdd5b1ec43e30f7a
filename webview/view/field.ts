import { html, nothing, type TemplateResult } from "lit-html";
import { NEW_ROW } from "../../core/edit/intent";
import { type Column, columns } from "../../core/table/csv";
import { partitionTypes, subtypesOf } from "../../core/table/subtypes";
import type { SnapshotRow } from "../../protocol/webview";
import { drawnRowOf } from "../selectors";
import type { Frame } from "./frame";

export const headings: Readonly<Record<Column, string>> = {
  name: "Name",
  type: "Type",
  subtype: "SubType",
  offset: "Offset",
  size: "Size",
  flags: "Flags",
};

/** The open field of the grid. */
export function field(frame: Frame, row: SnapshotRow, column: Column): TemplateResult {
  const { actions } = frame;
  const text = row.cells[columns.indexOf(column)] ?? "";
  const words = wordsFor(frame, row, column);
  const close = (): void => actions.setUi({ editing: undefined });
  const commit = ({ value }: HTMLInputElement): void => {
    // The table may be another one already, and this picture of it not drawn yet.
    if (!actions.ui().editing) return;
    close();
    if (value.trim() === text) return;
    // A change that is still on its way may have given the row another number.
    const drawn = drawnRowOf(actions.state(), row.row);
    if (drawn === NEW_ROW) return;
    const intent = { kind: "write", row: drawn, cells: { [column]: value.trim() } } as const;
    actions.dispatch({ kind: "intent", intent });
  };
  return html`<input
      class="field"
      type="text"
      aria-label="${headings[column]} of row ${row.row + 1}"
      list=${words.length > 0 ? "words" : nothing}
      spellcheck="false"
      autocomplete="off"
      maxlength="200"
      .value=${text}
      @keydown=${(event: KeyboardEvent) => {
        // The grid moves with the arrows; in a field they move the cursor.
        event.stopPropagation();
        if (event.key === "Enter") commit(event.currentTarget as HTMLInputElement);
        if (event.key === "Escape") close();
      }}
      @blur=${(event: FocusEvent) => {
        // Removing a focused field blurs it as well.
        const input = event.currentTarget as HTMLInputElement;
        if (input.isConnected) commit(input);
      }}
    />${words.length > 0 ? html`<datalist id="words">${words.map((word) => html`<option value=${word}></option>`)}</datalist>` : nothing}`;
}

function wordsFor({ snapshot }: Frame, { type }: SnapshotRow, column: Column): readonly string[] {
  if (column === "type") return partitionTypes.map(({ name }) => name);
  if (column === "flags") return ["encrypted", "readonly", "encrypted:readonly"];
  if (column !== "subtype" || type === undefined) return [];
  return subtypesOf(type, snapshot.options.extraSubtypes).map(({ name }) => name);
}

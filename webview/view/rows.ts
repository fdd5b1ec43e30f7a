import { html, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import { type Column, columns } from "../../core/table/csv";
import { hex } from "../../core/text/units";
import type { SnapshotProblem, SnapshotRow } from "../../protocol/webview";
import { keyOfRow } from "../rows";
import { drawnRowOf } from "../selectors";
import { grid, gridCell, gridNote, gridRow } from "../toolkit/controls";
import { field, headings } from "./field";
import type { Frame } from "./frame";
import { severityIcon, severityWord } from "./icons";

/** Wide enough for any offset and size; a narrow panel scrolls. */
const widths = "minmax(12ch, 2fr) minmax(9ch, 1fr) minmax(12ch, 1fr) 15ch 15ch minmax(9ch, 1fr)";

/** The rows as the CSV writes them: what is typed here is typed into the text. */
export function rowsView(frame: Frame): TemplateResult {
  const { snapshot } = frame;
  return html`<section class="rows" aria-labelledby="rows-title">
    <h2 id="rows-title">Rows</h2>
    <div class="grid-frame">
      ${grid({
        label: `Rows of ${snapshot.title}: Enter or F2 opens a field`,
        columns: widths,
        headings: columns.map((column) => headings[column]),
        rows: html`${repeat(
          snapshot.rows,
          ({ row }) => row,
          (row) => rowView(frame, row),
        )}`,
        onKey: (event) => openByKey(frame, event),
      })}
    </div>
  </section>`;
}

/** The grid shows the rows of the text, so its numbers are those of the snapshot. */
function rowView(frame: Frame, row: SnapshotRow): TemplateResult {
  const { state, snapshot, selected, actions } = frame;
  const problems = snapshot.problems.filter((problem) => problem.row === row.row);
  const drawn = drawnRowOf(state, row.row);
  const isSelected = selected !== undefined && selected.row === drawn;
  const select = (): void => {
    if (!isSelected) actions.dispatch({ kind: "select", key: keyOfRow(drawn) });
  };
  const cells = columns.map((column) => cellView(frame, row, column, problems));
  return html`${gridRow({ columns: widths, isSelected, cells, onFocus: select })}
  ${problems.map((problem, index) =>
    gridRow({
      columns: widths,
      isSelected,
      cells: errorView(problem, errorId(row.row, index)),
      onFocus: select,
    }),
  )}`;
}

function cellView(
  frame: Frame,
  row: SnapshotRow,
  column: Column,
  problems: readonly SnapshotProblem[],
): TemplateResult {
  const { editing } = frame.ui;
  const isOpen = editing?.row === row.row && editing.column === column;
  const own = problems.filter((problem) => problem.column === column);
  return gridCell({
    column: columns.indexOf(column) + 1,
    className: own[0]?.severity ?? "",
    describedBy: own.map((problem) => errorId(row.row, problems.indexOf(problem))).join(" ") || undefined,
    onEdit: () => open(frame, row.row, column),
    content: isOpen
      ? field(frame, row, column)
      : html`<span class="value" data-row=${row.row} data-column=${column}>${shown(frame, row, column)}</span>`,
  });
}

/** A blank offset shows where the tool will put the partition. */
function shown(
  { state, scene }: Frame,
  { row, cells }: SnapshotRow,
  column: Column,
): TemplateResult | string {
  const text = cells[columns.indexOf(column)] ?? "";
  if (column !== "offset" || text !== "") return text;
  const drawn = drawnRowOf(state, row);
  const region = scene.regions.find((other) => other.row === drawn);
  return region ? html`<i class="automatic">${hex(region.offset)}</i>` : "";
}

const errorId = (row: number, index: number): string => `error-${row}-${index}`;

/** Below the field that it is about, from where there is room enough for a sentence. */
const noteSpans: Readonly<Record<Column, string>> = {
  name: "1 / -1",
  type: "1 / -1",
  subtype: "2 / -1",
  offset: "3 / -1",
  size: "3 / -1",
  flags: "3 / -1",
};

const errorView = ({ severity, message, column = "name" }: SnapshotProblem, id: string): TemplateResult =>
  gridNote({
    id,
    span: noteSpans[column],
    className: `cell-error ${severity}`,
    content: html`${severityIcon[severity]} <span><span class="unseen">${severityWord[severity]}: </span>${message}</span>`,
  });

function open({ snapshot, actions }: Frame, row: number, column: Column): void {
  if (snapshot.locked === undefined && !snapshot.rows[row]?.isFixed)
    actions.setUi({ editing: { row, column } });
}

/** Enter, F2 or the first letter of what shall stand there. */
function openByKey(frame: Frame, event: KeyboardEvent): void {
  const value = (event.target as Element).querySelector<HTMLElement>(":scope > .value");
  const isLetter =
    event.key.length === 1 && event.key !== " " && !event.ctrlKey && !event.metaKey && !event.altKey;
  if (!value || !(isLetter || event.key === "Enter" || event.key === "F2")) return;
  if (!isLetter) event.preventDefault();
  event.stopPropagation();
  open(frame, Number(value.dataset.row), value.dataset.column as Column);
}

import { html, nothing, type TemplateResult } from "lit-html";

/** The tags of the toolkit. Only this folder knows them, so that another one can take its place. */
type Content = TemplateResult | string | typeof nothing | readonly Content[];

export interface ButtonOptions {
  readonly label: Content;
  /** More than the label says, for the pointer. */
  readonly title?: string | undefined;
  /** What it is called where the label is a sign. */
  readonly name?: string;
  readonly isMain?: boolean;
  readonly isDisabled?: boolean;
  readonly onClick: (event: Event) => void;
}

export const button = ({ label, title, name, isMain, isDisabled, onClick }: ButtonOptions): TemplateResult =>
  html`<vscode-button
    appearance=${isMain ? "primary" : "secondary"}
    title=${title ?? name ?? nothing}
    aria-label=${name ?? nothing}
    ?disabled=${isDisabled ?? false}
    @click=${onClick}
    >${label}</vscode-button
  >`;

export interface GridOptions {
  readonly label: string;
  /** Widths as `grid-template-columns` takes them. */
  readonly columns: string;
  readonly headings: readonly string[];
  readonly rows: Content;
  readonly onKey: (event: KeyboardEvent) => void;
}

export const grid = ({ label, columns, headings, rows, onKey }: GridOptions): TemplateResult =>
  html`<vscode-data-grid
    class="grid"
    aria-label=${label}
    generate-header="none"
    grid-template-columns=${columns}
    @keydown=${{ handleEvent: onKey, capture: true }}
  >
    <vscode-data-grid-row row-type="header">
      ${headings.map(
        (heading, column) =>
          html`<vscode-data-grid-cell cell-type="columnheader" grid-column=${column + 1}
            >${heading}</vscode-data-grid-cell
          >`,
      )}
    </vscode-data-grid-row>
    ${rows}
  </vscode-data-grid>`;

export interface GridRowOptions {
  readonly columns: string;
  readonly isSelected: boolean;
  readonly cells: Content;
  readonly onFocus: () => void;
}

export const gridRow = ({ columns, isSelected, cells, onFocus }: GridRowOptions): TemplateResult =>
  html`<vscode-data-grid-row
    class=${isSelected ? "selected" : ""}
    aria-selected=${isSelected}
    grid-template-columns=${columns}
    @focusin=${onFocus}
    >${cells}</vscode-data-grid-row
  >`;

export interface GridCellOptions {
  /** From 1, as CSS counts. */
  readonly column: number;
  readonly className: string;
  readonly content: Content;
  readonly describedBy?: string | undefined;
  readonly onEdit: () => void;
}

export const gridCell = ({
  column,
  className,
  content,
  describedBy,
  onEdit,
}: GridCellOptions): TemplateResult =>
  html`<vscode-data-grid-cell
    class=${className}
    grid-column=${column}
    aria-describedby=${describedBy ?? nothing}
    @dblclick=${onEdit}
    >${content}</vscode-data-grid-cell
  >`;

export interface GridNoteOptions {
  readonly id: string;
  /** As `grid-column` takes it. */
  readonly span: string;
  readonly className: string;
  readonly content: Content;
}

/** A cell over several columns that only says something. The arrow keys go over what is a cell of the toolkit's, and stop at others. */
export const gridNote = ({ id, span, className, content }: GridNoteOptions): TemplateResult =>
  html`<vscode-data-grid-cell id=${id} class=${className} grid-column=${span}>${content}</vscode-data-grid-cell>`;

import { html, nothing, type TemplateResult } from "lit-html";
import { keyed } from "lit-html/directives/keyed.js";
import { fillRest, fitToBinary } from "../../core/edit/fit";
import type { LayoutIntent } from "../../core/edit/intent";
import type { SceneRegion } from "../../core/picture/scene";
import type { Column } from "../../core/table/csv";
import { APP, FAT, type Keyword, partitionTypes, subtypesOf } from "../../core/table/subtypes";
import { MAX_FIELD, type SnapshotRow } from "../../protocol/webview";
import { originOf, rowsOf, textRowOf } from "../selectors";
import { button } from "../toolkit/controls";
import type { Frame } from "./frame";

/** Name and kind of the selected partition. */
export function partitionFields(frame: Frame, row: number): TemplateResult | typeof nothing {
  const { snapshot, state } = frame;
  const fields = snapshot.rows[originOf(state, row)];
  if (!fields || fields.isFixed) return nothing;
  const [name = "", type = "", subtype = "", offset = "", size = ""] = fields.cells;
  const types = partitionTypes.map((keyword) => keyword.name);
  const typed = (column: Column) => (event: Event) =>
    write(frame, row, event, { [column]: chosenIn(event).trim() });
  // A field of another partition, or one that came out otherwise than wanted, is another field: nothing typed stays.
  const fresh = (value: string, field: TemplateResult) =>
    keyed([row, snapshot.rows.length, value, state.refusal].join("\n"), field);
  return html`<div class="fields">
      ${fresh(name, text("Name", "name-field", name, typed("name")))}
      ${fresh(
        type,
        html`<label>Type
        ${choice("type-field", type, types, (event, chosen) => write(frame, row, event, { type: chosen, subtype: subtypeFor(frame, chosen) }))}</label>`,
      )}
      ${fresh(
        `${type}\n${subtype}`,
        html`<label>SubType
        ${choice("subtype-field", subtype, subtypesFor(frame, fields), typed("subtype"))}</label>`,
      )}
      ${fresh(offset, text("Offset", "offset-field", offset, typed("offset"), "automatic"))}
      ${fresh(size, text("Size", "size-field", size, typed("size")))}
    </div>`;
}

const text = (
  label: string,
  id: string,
  value: string,
  onChange: (event: Event) => void,
  placeholder = "",
): TemplateResult =>
  html`<label>${label}
    <input id=${id} type="text" maxlength=${MAX_FIELD} spellcheck="false" autocomplete="off" placeholder=${placeholder}
      .value=${value} @change=${onChange} /></label>`;

/** What is written now stands in the list as well, when no word is for it. */
const choice = (
  id: string,
  current: string,
  words: readonly string[],
  choose: (event: Event, word: string) => void,
): TemplateResult =>
  html`<select id=${id} @change=${(event: Event) => choose(event, chosenIn(event))}>
    ${(words.includes(current) ? words : [current, ...words]).map(
      (word) => html`<option value=${word} .selected=${word === current}>${word}</option>`,
    )}
  </select>`;

const subtypesFor = ({ snapshot }: Frame, { type }: SnapshotRow): readonly string[] =>
  type === undefined ? [] : subtypesOf(type, snapshot.options.extraSubtypes).map(({ name }) => name);

/** A subtype of the old type would be wrong for the new one: the next slot for an app, files for data. */
function subtypeFor({ snapshot }: Frame, type: string): string {
  const value = partitionTypes.find(({ name }) => name === type)?.value;
  if (value === undefined) return "";
  const words = subtypesOf(value, snapshot.options.extraSubtypes);
  const taken = snapshot.rows.filter((row) => row.type === APP).map(({ subtype }) => subtype);
  const isMeant = (word: Keyword): boolean =>
    value === APP ? word.name.startsWith("ota_") && !taken.includes(word.value) : word.value === FAT;
  return (words.find(isMeant) ?? words[0])?.name ?? "";
}

function write(
  { actions, snapshot }: Frame,
  row: number,
  { target }: Event,
  cells: { [C in Column]?: string },
): void {
  // A field that is removed says that it was changed, too; and rows of another table have other numbers.
  if (!(target as Element).isConnected || actions.state().snapshot !== snapshot) return;
  actions.dispatch({ kind: "intent", intent: { kind: "write", row, cells } });
}

const chosenIn = ({ target }: Event): string => (target as HTMLInputElement | HTMLSelectElement).value;

/** What needs no dragging. */
export function partitionActions(frame: Frame, { fill }: SceneRegion, row: number): TemplateResult {
  const { snapshot, state, ui, actions } = frame;
  const rows = rowsOf(state);
  const { options, binary } = snapshot;
  const act = (intent: LayoutIntent) => actions.dispatch({ kind: "intent", intent });
  const rest = fillRest(rows, options, row);
  const index = rows.findIndex((other) => other.row === row);
  const before = rows[index - 1];
  const after = rows[index + 1];
  return html`<div class="tools">
      ${offer("Fill the Rest", rest, act)}
      ${
        binary && fill
          ? html`${offer("Fit to Binary", fitToBinary(rows, options, row, binary.appSize, ui.margin), act)}
              <label class="margin">with
                <input type="number" min="0" max="100" .value=${String(ui.margin)}
                  @change=${(event: Event) => actions.setUi({ margin: Math.min(100, Math.max(0, Number(chosenIn(event)) || 0)) })} />
                % margin</label>`
          : nothing
      }
    </div>
    <div class="tools">
      ${button({
        label: before ? `Swap with ${before.name}` : "Is First",
        isDisabled: !before,
        onClick: () => before && act({ kind: "reorder", row, before: before.row }),
      })}
      ${button({
        label: after ? `Swap with ${after.name}` : "Is Last",
        isDisabled: !after,
        onClick: () => act({ kind: "reorder", row, before: rows[index + 2]?.row ?? null }),
      })}
      ${button({ label: "Delete", onClick: () => act({ kind: "delete", row }) })}
      ${button({ label: "Show in Text", onClick: () => actions.send({ name: "showText", params: { row: textRowOf(state, row) } }) })}
    </div>`;
}

type Offer = ReturnType<typeof fillRest>;

/** A button that says why it can do nothing. */
const offer = (label: string, result: Offer, act: (intent: LayoutIntent) => void): TemplateResult =>
  button({
    label,
    title: result.ok ? undefined : result.message,
    isDisabled: !result.ok,
    onClick: () => {
      if (result.ok) act(result.intent);
    },
  });

import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import type { OperationReport } from "../../../core/sim/report";
import { counted } from "../../../core/text/units";
import { type Band, isBad } from "../bands";
import { operationOf } from "../selectors";
import { markLabel, secondsText } from "../words";
import type { Frame } from "./frame";
import { markKey } from "./markKeys";
import { verdictClass, verdictView } from "./verdictSign";

/** The operations of all steps, each a mark: a row for every step. */
export function marksView(frame: Frame): TemplateResult {
  const { bands, state, ui } = frame;
  const shown = bands.filter(({ worst }) => !state.onlyBad || isBad(worst));
  const selected = operationOf(state, state.selected)?.index;
  return html`<div
    class="bands marks-${ui.zoom}"
    @keydown=${(event: KeyboardEvent) => markKey(frame, event)}
    @click=${(event: Event) => pick(frame, event)}
  >
    ${
      shown.length === 0
        ? html`<p class="hint">${bands.length === 0 ? "No operation has been simulated yet." : "No operation at which a cut ends badly."}</p>`
        : shown.map((band, row) =>
            guard([band, state.onlyBad, within(band, selected), within(band, state.current)], () =>
              bandView(frame, band, row, selected),
            ),
          )
    }
  </div>`;
}

const within = ({ operations }: Band, index: number | undefined): number | undefined =>
  operations.some((operation) => operation.index === index) ? index : undefined;

function bandView({ state }: Frame, band: Band, row: number, selected: number | undefined): TemplateResult {
  const marks = band.operations.filter(({ verdict }) => !state.onlyBad || isBad(verdict));
  return html`${band.isPointOfNoReturn ? noReturn : nothing}
    <section class="band ${band.isHazard ? "hazard" : ""}" aria-labelledby=${band.key}>
      <div class="band-head">
        <h3 id=${band.key}>${band.title}</h3>
        <p class="band-facts">
          ${counted(band.operations.length, "operation")}, ${secondsText(band.seconds)}
        </p>
        <p class="band-facts">${verdictView(band.worst)}${band.isHazard ? html` <span class="chip">Hazard window</span>` : nothing}</p>
      </div>
      <ul class="marks" aria-label="Operations of ${band.title}">
        ${marks.map((operation) => markView(operation, row, operation.index === state.current, operation.index === selected))}
      </ul>
    </section>`;
}

const noReturn = html`<p class="no-return">
  <span>Point of no return: from here on the firmware of before cannot be started any more</span>
</p>`;

const markView = (
  operation: OperationReport,
  row: number,
  isCurrent: boolean,
  isSelected: boolean,
): TemplateResult =>
  html`<li>
    <button
      type="button"
      class="mark ${verdictClass(operation.verdict)} ${operation.op} ${operation.isHazard ? "in-hazard" : ""}"
      data-index=${operation.index}
      data-band=${row}
      tabindex=${isCurrent ? 0 : -1}
      aria-label=${markLabel(operation)}
      aria-pressed=${isSelected}
    ></button>
  </li>`;

function pick({ actions }: Frame, { target }: Event): void {
  const mark = target instanceof Element ? target.closest<HTMLElement>("[data-index]") : null;
  if (mark) actions.dispatch({ kind: "pick", index: Number(mark.dataset.index) });
}

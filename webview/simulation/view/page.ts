import { html, nothing, type TemplateResult } from "lit-html";
import type { SimulationReport } from "../../../core/sim/report";
import type { SimulationFinding } from "../../../protocol/simulation";
import { button } from "../../toolkit/controls";
import { isCutByOperation } from "../selectors";
import { badCasesView } from "./badCases";
import { detailsView } from "./details";
import { type Frame, type Zoom, zooms } from "./frame";
import { headView } from "./head";
import { inspectorView } from "./inspector";
import { marksView } from "./marks";
import { overviewView } from "./overview";
import { legendView, summaryView } from "./summary";

/** The whole page. */
export const pageView = (frame: Frame): TemplateResult => html`
  <main class="page">
    ${headView(frame)} ${summaryView(frame)} ${frame.snapshot.found ? found(frame, frame.snapshot.found) : nothing}
    <p class="unseen" role="status" aria-live="polite">${frame.state.announcement || nothing}</p>
  </main>
`;

const found = (frame: Frame, { report }: SimulationFinding): TemplateResult => html`
  <section class="whole" aria-label="True to time">${overviewView(frame)}</section>
  <div class="body">
    ${isCutByOperation(report) ? timeline(frame, report) : cases(frame, report)} ${inspectorView(frame)}
  </div>
  ${detailsView(frame)}
`;

const timeline = (frame: Frame, report: SimulationReport): TemplateResult =>
  html`<section class="timeline" aria-labelledby="timeline-title">
    <div class="section-head">
      <h2 id="timeline-title">Every operation on flash, step by step</h2>
      ${filterField(frame)} ${zoomButtons(frame)}
    </div>
    ${legendView(report)} ${marksView(frame)}
  </section>`;

/** What goes wrong belongs to no operation. */
const cases = (frame: Frame, report: SimulationReport): TemplateResult =>
  html`<section class="timeline" aria-label="Cases">
    ${legendView(report)} ${badCasesView(frame, report)}
    ${report.badCases.length === 0 ? html`<p class="hint">No case that was tried ends badly.</p>` : nothing}
  </section>`;

const filterField = ({ state, actions }: Frame): TemplateResult =>
  html`<label class="check">
    <input
      type="checkbox"
      .checked=${state.onlyBad}
      @change=${({ currentTarget }: Event) =>
        actions.dispatch({ kind: "filter", onlyBad: (currentTarget as HTMLInputElement).checked })}
    />
    Only where a cut ends badly
  </label>`;

const zoomButtons = ({ ui, actions }: Frame): TemplateResult => {
  const at = zooms.indexOf(ui.zoom);
  const zoom = (name: string, label: string, to: Zoom | undefined) =>
    button({ label, name, isDisabled: to === undefined, onClick: () => to && actions.setUi({ zoom: to }) });
  return html`<div class="tools">
    ${zoom("Smaller Marks", "−", zooms[at - 1])} ${zoom("Larger Marks", "+", zooms[at + 1])}
  </div>`;
};

import { html, nothing, type TemplateResult } from "lit-html";
import type { Range } from "../../../core/migrate/plan/plan";
import type { BadCase, ExpectedLosses, SimulationReport } from "../../../core/sim/report";
import { countText, devicesText, secondsText } from "../words";
import type { Frame } from "./frame";
import { lossesOf } from "./summary";
import { verdictView } from "./verdictSign";

/** More is read by nobody, and the command line lists them all. */
const MOST_CASES = 100;

/** What stands below the timeline: single cases, the fleet, and what all of it rests on. */
export function detailsView(frame: Frame): TemplateResult | typeof nothing {
  const report = frame.snapshot.found?.report;
  if (!report) return nothing;
  return html`<div class="details">
    ${badCases(frame, report)} ${fleet(lossesOf(frame, report))} ${coverage(report)}
  </div>`;
}

function badCases(frame: Frame, { badCases: cases }: SimulationReport): TemplateResult | typeof nothing {
  if (cases.length === 0) return nothing;
  const left = cases.length - MOST_CASES;
  return html`<section aria-labelledby="bad-title">
    <h2 id="bad-title">Cases that end badly</h2>
    <ul class="bad-cases">
      ${cases.slice(0, MOST_CASES).map((one) => badCase(frame, one))}
    </ul>
    ${left > 0 ? html`<p class="hint">and ${countText(left)} more: the command line lists them all.</p>` : nothing}
  </section>`;
}

const badCase = ({ state, actions }: Frame, { id, verdict, words, isDeclared }: BadCase): TemplateResult =>
  html`<li>
    <button
      type="button"
      class="cut"
      aria-pressed=${id === state.selected}
      @click=${() => actions.dispatch({ kind: "select", id })}
    >
      ${verdictView(verdict)} <span>${words}</span>
      <span class="chip">${isDeclared ? "declared by the plan" : "not declared"}</span>
    </button>
  </li>`;

const fleet = (losses: ExpectedLosses): TemplateResult => {
  const { devices, cutRate, brickedSeconds, stuckSeconds, bricked, stuck, assumptions } = losses;
  const row = (title: string, seconds: Range, lost: Range) =>
    html`<tr>
      <th scope="row">${title}</th>
      <td>${secondsText(seconds.typical)} to ${secondsText(seconds.most)}</td>
      <td>${devicesText(lost.typical)} to ${devicesText(lost.most)}</td>
    </tr>`;
  return html`<section aria-labelledby="fleet-title">
    <h2 id="fleet-title">Expected losses of ${countText(devices)} devices, ${cutRate} power cuts a day each</h2>
    <table>
      <thead>
        <tr><th scope="col">A cut leaves the device</th><th scope="col">during</th><th scope="col">devices</th></tr>
      </thead>
      <tbody>
        ${row("bricked", brickedSeconds, bricked)} ${row("stuck", stuckSeconds, stuck)}
      </tbody>
    </table>
    <h3>Assumptions</h3>
    ${sentences(assumptions)}
  </section>`;
};

const coverage = ({ coverage: { tried, planned, sentences: words } }: SimulationReport): TemplateResult =>
  html`<section aria-labelledby="coverage-title">
    <h2 id="coverage-title">Coverage: ${countText(tried)} of ${countText(planned)} cases</h2>
    ${sentences(words)}
  </section>`;

const sentences = (list: readonly string[]): TemplateResult =>
  html`<ul class="sentences">
    ${list.map((sentence) => html`<li>${sentence}</li>`)}
  </ul>`;

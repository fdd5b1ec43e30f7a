import { html, nothing, type TemplateResult } from "lit-html";
import type { Range } from "../../../core/migrate/plan/plan";
import type { ExpectedLosses, SimulationReport } from "../../../core/sim/report";
import { isCutByOperation } from "../selectors";
import { countText, devicesText, rateText, secondsText } from "../words";
import { badCasesView } from "./badCases";
import type { Frame } from "./frame";
import { lossesOf } from "./summary";

/** What stands below the timeline: single cases, the fleet, and what all of it rests on. */
export function detailsView(frame: Frame): TemplateResult | typeof nothing {
  const report = frame.snapshot.found?.report;
  if (!report) return nothing;
  return html`<div class="details">
    ${isCutByOperation(report) ? badCasesView(frame, report) : nothing} ${fleet(lossesOf(frame, report))} ${coverage(report)}
  </div>`;
}

const fleet = (losses: ExpectedLosses): TemplateResult => {
  const { devices, cutRate, brickedSeconds, stuckSeconds, bricked, stuck, assumptions } = losses;
  const row = (title: string, seconds: Range, lost: Range) =>
    html`<tr>
      <th scope="row">${title}</th>
      <td>${secondsText(seconds.typical)} to ${secondsText(seconds.most)}</td>
      <td>${devicesText(lost.typical)} to ${devicesText(lost.most)}</td>
    </tr>`;
  return html`<section aria-labelledby="fleet-title">
    <h2 id="fleet-title">Expected losses of ${countText(devices)} devices, ${rateText(cutRate)} each</h2>
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

import { html, nothing, type TemplateResult } from "lit-html";
import { expectedLosses } from "../../../core/sim/losses";
import type { ExpectedLosses, SimulationReport } from "../../../core/sim/report";
import { declaredLosses } from "../../../core/sim/summary/declaredLosses";
import { percentText } from "../../../core/text/units";
import { severityIcon } from "../../view/icons";
import { countText, devicesText, rateText, secondsText, verdictName } from "../words";
import type { Frame } from "./frame";
import { verdictSign } from "./verdictSign";

/** What was found, at a glance. */
export function summaryView(frame: Frame): TemplateResult | typeof nothing {
  const { found, state } = frame.snapshot;
  if (!found) return nothing;
  const { report } = found;
  const losses = lossesOf(frame, report);
  return html`
    <section class="summary" aria-label="Result">
      ${hazardTile(frame, report, losses)} ${lossTile(losses)} ${coverageTile(report)}
    </section>
    ${state === "running" ? nothing : conclusion(report)}
  `;
}

/** For the fleet of the fields; what the report was made with may be another one. */
export function lossesOf(
  { state: { fleet } }: Frame,
  { starts, schedule }: SimulationReport,
): ExpectedLosses {
  const operations = starts.map((start) => start.operations);
  return schedule.kind === "exhaustive"
    ? expectedLosses(fleet, operations)
    : declaredLosses(fleet, operations);
}

const tile = (label: string, figure: string, words: string, className = ""): TemplateResult =>
  html`<div class="tile ${className}">
    <p class="tile-label">${label}</p>
    <p class="figure">${figure}</p>
    <p class="tile-words">${words}</p>
  </div>`;

function hazardTile(
  frame: Frame,
  report: SimulationReport,
  { brickedSeconds }: ExpectedLosses,
): TemplateResult {
  const { bands, start, snapshot } = frame;
  const total = secondsText(bands.reduce((sum, { seconds }) => sum + seconds, 0));
  const all = start?.operations.length ?? 0;
  const bad = start?.operations.filter(({ verdict }) => verdict === "bricked").length ?? 0;
  const label = snapshot.state === "done" ? "Power must not fail for" : "Power must not fail for, so far";
  const window = secondsText(brickedSeconds.typical);
  if (report.schedule.kind !== "exhaustive")
    return tile(
      label,
      window,
      `of ${total}: the window that the plan declares, which only one cut at every operation measures`,
    );
  return bad === 0
    ? tile(label, "0 s", `of ${total}: no cut that was tried bricks the device`)
    : tile(
        label,
        window,
        `of ${total} that flash works: ${countText(bad)} of ${countText(all)} operations`,
        "grave",
      );
}

function lossTile({ devices, cutRate, bricked, stuck }: ExpectedLosses): TemplateResult {
  const more = stuck.typical > 0 ? `; ${devicesText(stuck.typical)} left stuck` : "";
  return tile(
    "Devices lost",
    devicesText(bricked.typical),
    `expected of ${countText(devices)} with ${rateText(cutRate)} each, at most ${devicesText(bricked.most)}${more}`,
    bricked.typical >= 1 ? "grave" : "",
  );
}

const coverageTile = ({ coverage: { tried, planned, isPartial } }: SimulationReport): TemplateResult =>
  tile(
    "Cases tried",
    countText(tried),
    isPartial
      ? `of ${countText(planned)}, ${percentText(planned === 0 ? 0 : tried / planned)}: not all were tried`
      : "all that there are for what goes wrong here",
  );

const conclusion = ({ conclusion: { isAsDeclared, sentences } }: SimulationReport): TemplateResult =>
  html`<div class="conclusion">
    ${isAsDeclared ? severityIcon.information : severityIcon.error}
    <div>${sentences.map((sentence) => html`<p>${sentence}</p>`)}</div>
  </div>`;

/** All verdicts with their shapes, and how many cases ended so. */
export const legendView = ({ totals }: SimulationReport): TemplateResult =>
  html`<ul class="legend" aria-label="Verdicts">
    ${totals.map(
      ({ verdict, cases, means }) =>
        html`<li title=${means} class=${cases === 0 ? "none" : ""}>
          ${verdictSign(verdict)} ${verdictName[verdict]} <b>${countText(cases)}</b>
        </li>`,
    )}
  </ul>`;

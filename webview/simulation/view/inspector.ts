import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseReplay, CutReport, OperationReport } from "../../../core/sim/report";
import { button } from "../../toolkit/controls";
import { type CutRun, cutRuns, middleOf, runCount, runName } from "../cutRuns";
import { isCutByOperation, operationOf, routeOf } from "../selectors";
import { operationText, positionName, stepTitle, verdictName } from "../words";
import { flashView } from "./flash";
import type { Frame } from "./frame";
import { livesView } from "./lives";
import { verdictSign, verdictView } from "./verdictSign";

/** Everything about the case that is looked at. */
export function inspectorView(frame: Frame): TemplateResult {
  const { selected } = frame.state;
  return html`<section class="inspector ${selected === null ? "" : "open"}" aria-labelledby="inspector-title">
    ${selected === null ? nothingSelected(frame) : details(frame, selected)}
  </section>`;
}

const nothingSelected = ({ snapshot: { found } }: Frame): TemplateResult =>
  found && !isCutByOperation(found.report) ? noCase : noOperation;

const noCase = html`
  <h2 id="inspector-title">No case selected</h2>
  <p class="hint">Select a case to see what the device prints, what its flash holds, and how it recovers.</p>
`;

const noOperation = html`
  <h2 id="inspector-title">No operation selected</h2>
  <p class="hint">
    Select a mark to see what a power cut there does: the flash as it was, what the device prints, and how it recovers. With
    the keyboard: arrow keys go along the operations, Page Up and Page Down from step to step, Enter selects.
  </p>
`;

function details(frame: Frame, id: string): TemplateResult {
  const operation = operationOf(frame.state, id);
  return html`
    ${operation ? heading(frame, operation) : caseHeading(frame, id)}
    ${operation && operation.cuts.length > 0 ? cutList(frame, operation, id) : nothing}
    ${caseLine(frame, id)} ${answer(frame, operation)}
  `;
}

function heading({ snapshot, start }: Frame, operation: OperationReport): TemplateResult {
  const title = stepTitle(operation, routeOf(snapshot.found, start?.start));
  return html`<h2 id="inspector-title">Operation ${operation.index}: ${operationText(operation)}</h2>
    <p class="facts">${title}${operation.isHazard ? html` <span class="chip">Hazard window</span>` : nothing}</p>`;
}

function caseHeading({ snapshot }: Frame, id: string): TemplateResult {
  const bad = snapshot.found?.report.badCases.find((one) => one.id === id);
  return html`<h2 id="inspector-title">${bad ? verdictName[bad.verdict] : "A case"}</h2>
    <p class="facts">${bad?.words ?? "This case is not in what has been simulated."}</p>`;
}

const cutList = (frame: Frame, { cuts }: OperationReport, id: string): TemplateResult =>
  html`<ul class="cuts" aria-label="When power fails">
    ${cutRuns(cuts).map((run) => runView(frame, run, id))}
  </ul>`;

function runView(frame: Frame, run: CutRun, id: string): TemplateResult {
  const at = run.cuts.findIndex((cut) => cut.id === id);
  const select = (cut: CutReport | undefined): void => {
    if (cut) frame.actions.dispatch({ kind: "select", id: cut.id });
  };
  return html`<li>
    <button
      type="button"
      class="cut"
      aria-pressed=${at !== -1}
      @click=${() => select(at === -1 ? middleOf(run) : run.cuts[at])}
    >
      ${verdictSign(run.verdict)} <span>${runName(run)}</span> <span class="hint">${runCount(run)}</span>
      <span class="cut-verdict">${verdictName[run.verdict]}</span>
    </button>
    ${at !== -1 && run.cuts.length > 1 ? stepper(run, at, select) : nothing}
  </li>`;
}

/** Goes from cut to cut within a run. */
const stepper = (
  { cuts }: CutRun,
  at: number,
  select: (cut: CutReport | undefined) => void,
): TemplateResult => {
  const step = (label: string, name: string, cut: CutReport | undefined) =>
    button({ label, name, isDisabled: cut === undefined, onClick: () => select(cut) });
  const current = cuts[at];
  return html`<div class="stepper tools">
    ${step("◀", "Earlier Cut", cuts[at - 1])} ${step("▶", "Later Cut", cuts[at + 1])}
    <span>Cut ${at + 1} of ${cuts.length}: ${current ? positionName(current.at).toLowerCase() : ""}</span>
  </div>`;
};

/** With it the command line and a test play the same case. */
const caseLine = ({ actions }: Frame, id: string): TemplateResult => {
  const command = `crossflash simulate --case ${id}`;
  const copy = (text: string) => actions.send({ name: "copy", params: { text } });
  return html`<div class="case">
    <code>${command}</code>
    <div class="tools">
      ${button({ label: "Copy Command", onClick: () => copy(command) })}
      ${button({ label: "Copy Case ID", onClick: () => copy(id) })}
    </div>
  </div>`;
};

function answer(frame: Frame, operation: OperationReport | undefined): TemplateResult {
  const told = frame.state.answer;
  if (!told) return html`<p class="hint">Playing the case…</p>`;
  if (!told.replay) return html`<p class="notice">${told.fault}</p>`;
  return replayView(frame, told.replay, operation);
}

const replayView = (
  frame: Frame,
  replay: CaseReplay,
  operation: OperationReport | undefined,
): TemplateResult => html`
  <h3>How it ends</h3>
  <p class="ending">${verdictView(replay.verdict)}</p>
  ${replay.narrative.map((sentence) => html`<p>${sentence}</p>`)} ${flashView(frame, replay, operation)}
  ${livesView(replay)}
`;

import { html, nothing, type TemplateResult } from "lit-html";
import { newPartition } from "../../core/edit/newPartition";
import type { SceneRegion } from "../../core/picture/scene";
import { hex, sizeText } from "../../core/text/units";
import type { SnapshotProblem } from "../../protocol/webview";
import { rowsOf } from "../selectors";
import { button } from "../toolkit/controls";
import { fillWords } from "../words";
import { changeOf } from "./changes";
import { fixButton } from "./fixes";
import type { Frame } from "./frame";
import { severityIcon, severityWord } from "./icons";
import { partitionActions, partitionFields } from "./partition";

/** Everything about the selected region, and what can be done with it. */
export function inspectorView(frame: Frame): TemplateResult {
  const { selected } = frame;
  return html`<section class="inspector" aria-labelledby="inspector-title">
    ${selected ? details(frame, selected) : nothingSelected(frame)}
  </section>`;
}

const nothingSelected = (frame: Frame): TemplateResult => html`
  <h2 id="inspector-title">Nothing selected</h2>
  <p class="hint">Select a partition to change it: drag its edges, or use the arrow keys on them.</p>
  ${frame.snapshot.locked === undefined ? openEnd(frame).map((gap) => additions(frame, gap)) : nothing}
`;

function details(frame: Frame, region: SceneRegion): TemplateResult {
  const { row } = region;
  const change = changeOf(frame, region);
  const canChange = row !== undefined && frame.snapshot.locked === undefined;
  return html`
    <h2 id="inspector-title">${region.name === "" ? "(no name)" : region.name}</h2>
    ${row === undefined ? nothing : problemList(frame, frame.problemsOf(row))}
    <p class="facts">
      ${sizeText(region.size)} (${hex(region.size)}) from ${hex(region.offset)} to
      ${hex(region.offset + region.size)}.${region.fill ? ` MicroPython ${fillWords(region)}.` : ""}
      ${change?.words ?? nothing}
    </p>
    ${canChange ? html`${partitionFields(frame, row)} ${partitionActions(frame, region, row)}` : nothing}
    ${region.kind === "gap" && frame.snapshot.locked === undefined ? additions(frame, region) : nothing}
  `;
}

export const problemList = (
  frame: Frame,
  problems: readonly SnapshotProblem[],
): TemplateResult | typeof nothing =>
  problems.length === 0
    ? nothing
    : html`<ul class="problems">${problems.map((problem) => problemItem(frame, problem))}</ul>`;

const problemItem = (
  frame: Frame,
  problem: SnapshotProblem,
): TemplateResult => html`<li class=${problem.severity}>
    ${severityIcon[problem.severity]}
    <div>
      <p><span class="unseen">${severityWord[problem.severity]}: </span>${problem.message}
        <button class="link" @click=${() => frame.actions.send({ name: "showRule", params: { id: problem.id } })}>
          ${problem.id}
        </button></p>
      ${problem.fixes.map((_, number) => fixButton(frame, problem, number, number === 0))}
    </div>
  </li>`;

/** Where nobody says how large the flash is, there is no gap behind the last partition, but room for one. */
const openEnd = ({ scene }: Frame): Extent[] =>
  scene.flashSize === undefined ? [{ offset: scene.end, size: 0x100000 }] : [];

type Extent = Pick<SceneRegion, "offset" | "size">;

/** What may be added here. */
function additions({ state, snapshot, actions }: Frame, gap: Extent): TemplateResult {
  const offers = newPartition(rowsOf(state), snapshot.options, gap);
  if (offers.length === 0) return html`<p class="hint">Too small for a partition.</p>`;
  return html`<div class="tools">${offers.map(({ title, intent }, index) =>
    button({
      label: title,
      isMain: index === 0,
      onClick: () => actions.dispatch({ kind: "intent", intent }),
    }),
  )}</div>`;
}

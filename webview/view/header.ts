import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { sizeText } from "../../core/text/units";
import { textRowOf } from "../selectors";
import { button } from "../toolkit/controls";
import type { Frame } from "./frame";
import { severityIcon } from "./icons";
import { problemList } from "./inspector";
import { pictureMenu } from "./pictureMenu";

/** What is shown, for which device and binary, and what can be taken from it. */
export function headerView(frame: Frame): TemplateResult {
  const { snapshot, actions } = frame;
  const { chip, options, binary, role } = snapshot;
  const device = [chip, options.flashSize === undefined ? "" : `${sizeText(options.flashSize)} flash`];
  return html`<header class="head">
    <h1>${snapshot.title}</h1>
    <p class="device">${device.filter(Boolean).join(" · ")}</p>
    ${role === "source" ? html`<p class="chip">What the devices have today</p>` : nothing}
    ${
      binary
        ? html`<p class="binary ${binary.fits ? "" : "short"}">${binary.fits ? nothing : severityIcon.error}
            ${binary.title}: ${binary.phrase}</p>`
        : nothing
    }
    <div class="tools">
      ${role === "source" ? nothing : button({ label: binary ? "Change Binary…" : "Choose MicroPython Binary…", onClick: () => actions.send({ name: "chooseBinary", params: {} }) })}
      ${button({ label: "Show Text", onClick: () => actions.send({ name: "showText", params: { row: textRowOf(frame.state, frame.selected?.row) } }) })}
      ${snapshot.unreadable === undefined ? pictureMenu(frame) : nothing}
    </div>
  </header>
  ${guard(noticesDependOn(frame), () => notices(frame))}`;
}

let settled: unknown[] = [];

/** While something is dragged the notices stay as they are, or the map below them would move away from the pointer. */
function noticesDependOn({ state, snapshot, scene, comparison }: Frame): unknown[] {
  if (!state.gesture) settled = [snapshot, state.refusal, scene, comparison];
  return settled;
}

/** What concerns the whole table. */
function notices(frame: Frame): TemplateResult {
  const { snapshot, state, scene } = frame;
  const unplaced = scene.unplaced.map(({ row, name }) => ({
    name: name === "" ? `Row ${row + 1}` : name,
    worst: frame.problemsOf(row),
  }));
  return html`<div class="notices">
    ${snapshot.locked ? html`<p class="notice">${snapshot.locked}</p>` : nothing}
    ${state.refusal ? html`<p class="notice refusal" role="alert">${state.refusal}</p>` : nothing}
    ${frame.comparison?.diff.changes
      .filter(({ isFatal }) => isFatal)
      .map(({ words }) => html`<p class="notice">${severityIcon.error} ${words}</p>`)}
    ${problemList(frame, frame.problemsOf(undefined))}
    ${unplaced.map(
      ({ name, worst }) =>
        html`<div class="notice"><b>${name}</b> has no place in flash, so it is not drawn. ${problemList(frame, worst)}</div>`,
    )}
  </div>`;
}

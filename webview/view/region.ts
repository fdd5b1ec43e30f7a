import { html, nothing, type TemplateResult } from "lit-html";
import type { Fill, Range, SceneRegion } from "../../core/picture/scene";
import { hex, percentText, sizeText } from "../../core/text/units";
import { pixelAt } from "../geometry/mapScale";
import { regionLabel } from "../words";
import { at } from "./at";
import { changeOf } from "./changes";
import { fixButton } from "./fixes";
import type { Frame } from "./frame";
import { runningIcon, severityIcon, severityWord } from "./icons";

/** The lines of a block, in CSS pixels. */
const ONE_LINE = 26;
const TWO_LINES = 44;
const PROBLEM_LINE = 38;

/** The least height at which a block can be read: what is no partition has one line, and a problem takes one more. */
export const minHeightOf = ({ kind }: SceneRegion, hasProblem: boolean): number =>
  (kind === "partition" ? TWO_LINES : ONE_LINE) + (hasProblem ? PROBLEM_LINE : 0);

/**
 * What stands for a region: name, kind, size, fill level, the worst problem, the first fix. The block is what is
 * pressed, and its label says everything in sentences; the face before it is for the eye alone.
 */
export function regionBlock(frame: Frame, region: SceneRegion, isSelected: boolean): TemplateResult {
  const problems = region.row === undefined ? [] : frame.problemsOf(region.row);
  const change = changeOf(frame, region);
  return html`<div
      class="block"
      role="button"
      tabindex=${isSelected || isFirst(frame, region) ? 0 : -1}
      aria-pressed=${isSelected}
      aria-label=${regionLabel(region, change, problems)}
      @focus=${() => focused(frame, region)}
      @click=${() => focused(frame, region)}
      @dblclick=${() => frame.actions.zoomTo(region)}
    >
      ${region.overlaps.map((range) => hatch(frame, region, range, "hatch"))}
      ${region.beyond ? hatch(frame, region, region.beyond, "hatch beyond") : nothing}
    </div>
    <div class="face" aria-hidden="true">
      <span class="line">
        <b class="name">${region.name === "" ? "(no name)" : region.name}</b>
        ${region.isRunning ? html`<span class="chip" title="The app that migrates the device runs from here">${runningIcon} runs</span>` : nothing}
        ${change && change.kind !== "kept" ? html`<span class="chip change ${change.kind}">${change.kind}</span>` : nothing}
        <span class="size">${sizeText(region.size)}</span>
      </span>
      ${region.kind === "partition" ? html`<span class="line"><span class="kind">${region.kindText}</span><span class="offset">${hex(region.offset)}</span>${fillLevel(region)}</span>` : nothing}
    </div>`;
}

const isFirst = ({ selected, scene }: Frame, region: SceneRegion): boolean =>
  selected === undefined && scene.regions[0] === region;

function focused({ selected, actions }: Frame, { key }: SceneRegion): void {
  if (selected?.key !== key) actions.dispatch({ kind: "select", key });
}

function fillLevel({ fill, size }: SceneRegion): TemplateResult | typeof nothing {
  if (!fill) return nothing;
  const share = fill.used / size;
  return html`<span class="fill ${fill.left < 0 ? "short" : ""} ${fill.isTarget ? "" : "later"}">
    <svg class="gauge" viewBox="0 0 100 6" preserveAspectRatio="none" aria-hidden="true">
      <rect class="whole" width="100" height="6" /><rect class="used" width=${Math.min(100, share * 100)} height="6" />
    </svg>
    <span class="fill-words">${fillText(fill, share)}</span>
  </span>`;
}

const fillText = ({ left, isTarget }: Fill, share: number): string => {
  if (isTarget)
    return left < 0 ? `${sizeText(-left)} too small` : `${percentText(share)}, ${sizeText(left)} free`;
  return left < 0 ? `later update: ${sizeText(-left)} too small` : "later update: fits";
};

/** A hatched part, where the scale of the map has it. */
function hatch(
  { scale }: Frame,
  region: SceneRegion,
  { offset, end }: Range,
  className: string,
): TemplateResult {
  const from = pixelAt(scale, offset);
  const spot = { top: from - pixelAt(scale, region.offset), height: pixelAt(scale, end) - from };
  return html`<span class=${className} aria-hidden="true" ${at(spot)}></span>`;
}

/** The worst problem of a region, and the first fix that there is for any of them: its title says what it does. */
export function worstProblem(frame: Frame, { row }: SceneRegion): TemplateResult | typeof nothing {
  const problems = row === undefined ? [] : frame.problemsOf(row);
  const [problem, ...others] = problems;
  if (!problem) return nothing;
  const mendable = problems.find(({ fixes }) => fixes.length > 0) ?? problem;
  return html`<div class="worst ${problem.severity}">
    ${severityIcon[problem.severity]}
    <span class="message" title=${problem.message}
      ><span class="unseen">${severityWord[problem.severity]}: </span>${problem.message}</span
    >
    ${others.length > 0 ? html`<span class="more">+${others.length}</span>` : nothing}
    ${fixButton(frame, mendable, 0, mendable.severity === "error")}
  </div>`;
}

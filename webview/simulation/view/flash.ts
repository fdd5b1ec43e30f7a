import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit-html";
import type { CaseReplay, OperationReport, ReplayedRegion } from "../../../core/sim/report";
import { hex, sizeText } from "../../../core/text/units";
import { stripRect } from "../../geometry/strip";
import type { Frame } from "./frame";

/** In CSS pixels. */
const HEIGHT = 40;
const LETTER = 6.6;
const POINTER = 12;
/** What the inspector leaves of its width to its content. */
const INSPECTOR = 380;

/** The flash as it was when power failed, and what it holds at the end, where that is another thing. */
export function flashView(
  frame: Frame,
  { flash, cutFlash }: CaseReplay,
  operation: OperationReport | undefined,
): TemplateResult {
  if (!cutFlash) return flashPart(frame, "The flash at the end", flash, undefined);
  return html`${flashPart(frame, "The flash as it was when power failed", cutFlash, operation)}
  ${isSame(cutFlash, flash) ? html`<p class="hint">It stays like this.</p>` : flashPart(frame, "The flash at the end", flash, undefined)}`;
}

const isSame = (a: readonly ReplayedRegion[], b: readonly ReplayedRegion[]): boolean =>
  JSON.stringify(a) === JSON.stringify(b);

/** What lies where, true to scale, and the place that was being changed. */
function flashPart(
  { ui }: Frame,
  title: string,
  flash: readonly ReplayedRegion[],
  operation: OperationReport | undefined,
): TemplateResult {
  const width = Math.min(ui.width, INSPECTOR) - 26;
  const total = Math.max(0, ...flash.map(({ offset, size }) => offset + size));
  return html`<h3>${title}</h3>
    <svg
      class="flash"
      role="img"
      aria-label=${`${sizeText(total)} of flash: ${flash.map(({ name, holds }) => `${name} holds ${holds}`).join(", ")}`}
      viewBox="0 0 ${width} ${HEIGHT + POINTER}"
      width=${width}
      height=${HEIGHT + POINTER}
    >
      ${flash.map((region) => piece(region, total, width))} ${operation ? changed(operation, total, width) : nothing}
    </svg>
    <ul class="regions">
      ${flash.map((region) => regionView(region, operation))}
    </ul>`;
}

function piece(
  { name, offset, size, holds }: ReplayedRegion,
  total: number,
  width: number,
): SVGTemplateResult {
  const rect = stripRect(offset, offset + size, total, width);
  const fits = (text: string): boolean => text.length * LETTER + 6 < rect.width;
  return svg`<g class="piece ${classOf(holds)}">
    <title>${name}: ${holds}, ${sizeText(size)} at ${hex(offset)}</title>
    <rect x=${rect.x} y="0" width=${rect.width} height=${HEIGHT} />
    ${fits(name) ? svg`<text x=${rect.x + rect.width / 2} y="16" text-anchor="middle">${name}</text>` : nothing}
    ${fits(holds) ? svg`<text class="holds" x=${rect.x + rect.width / 2} y="31" text-anchor="middle">${holds}</text>` : nothing}
  </g>`;
}

/** Its colour follows from what it holds, which stands in it and in the list below. */
function classOf(holds: string): string {
  if (holds === "blank") return "role-gap";
  if (/micropython/i.test(holds)) return "role-filesystem";
  if (/repartitioner/i.test(holds)) return "role-otadata";
  return /firmware of before/i.test(holds) ? "role-app" : "role-table";
}

function changed({ offset, size }: OperationReport, total: number, width: number): SVGTemplateResult {
  const rect = stripRect(offset, offset + size, total, width);
  const x = rect.x + rect.width / 2;
  return svg`<g class="changed">
    <rect x=${rect.x - 1} y="1" width=${rect.width + 2} height=${HEIGHT - 2} />
    <path d="M${x} ${HEIGHT + 2}l6 9h-12z" />
  </g>`;
}

function regionView(
  { name, offset, size, holds }: ReplayedRegion,
  operation: OperationReport | undefined,
): TemplateResult {
  const isChanged = operation !== undefined && offset <= operation.offset && operation.offset < offset + size;
  return html`<li class=${isChanged ? "changed-region" : ""}>
    <code>${hex(offset)}</code> <b>${name}</b> <span>${holds}${isChanged ? html` <span class="chip">the cut was here</span>` : nothing}</span>
  </li>`;
}

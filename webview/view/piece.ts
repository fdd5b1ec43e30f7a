import { nothing, type SVGTemplateResult, svg } from "lit-html";
import type { Range, SceneRegion } from "../../core/picture/scene";
import { hex, sizeText } from "../../core/text/units";
import type { StripRect } from "../geometry/strip";

/** Of a strip, in CSS pixels. */
export const HEIGHT = 34;
const LETTER = 7;

/** A region in a strip, with its name where there is room for it. */
export function piece(region: SceneRegion, { x, width }: StripRect, isSelected: boolean): SVGTemplateResult {
  const { role, fill, offset, size } = region;
  const label = `${region.isRunning ? "▶ " : ""}${region.name}`;
  const part = (range: Range): StripRect => ({
    x: x + ((range.offset - offset) / size) * width,
    width: Math.max(2, ((range.end - range.offset) / size) * width),
  });
  return svg`<g class="piece role-${role} ${isSelected ? "selected" : ""}">
    <title>${region.name}: ${sizeText(size)} at ${hex(offset)}</title>
    <rect x=${x} y="0" width=${width} height=${HEIGHT} />
    <rect class="pattern" x=${x} y="0" width=${width} height=${HEIGHT} fill="url(#pattern-${role})" />
    ${region.overlaps
      .map(part)
      .map(
        (hatched) =>
          svg`<rect class="hatch" x=${hatched.x} y="0" width=${hatched.width} height=${HEIGHT} fill="url(#hatch)" />`,
      )}
    ${
      fill?.isTarget
        ? svg`<rect class="level ${fill.left < 0 ? "short" : ""}" x=${x} y=${HEIGHT - 5} width=${width * Math.min(1, fill.used / size)} height="5" />`
        : nothing
    }
    ${
      label.length * LETTER + 8 < width
        ? svg`<text x=${x + width / 2} y=${HEIGHT / 2 + 3} text-anchor="middle">${label}</text>`
        : nothing
    }
  </g>`;
}

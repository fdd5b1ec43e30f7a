import { html, nothing, type TemplateResult } from "lit-html";
import { repeat } from "lit-html/directives/repeat.js";
import type { SceneRegion } from "../../core/picture/scene";
import { hex, sizeText } from "../../core/text/units";
import { type Lane, lanesOf } from "../geometry/lanes";
import { type MapScale, pixelAt } from "../geometry/mapScale";
import { button } from "../toolkit/controls";
import { at } from "./at";
import type { Frame } from "./frame";
import { handlesOf } from "./handles";
import { mapKeys } from "./mapKeys";
import { pointerDrag } from "./pointerDrag";
import { regionBlock, worstProblem } from "./region";

/** The height of an address, in CSS pixels. */
const LABEL = 12;

/** The flash as blocks that can be read and taken hold of, however small the partitions are. */
export function mapView(frame: Frame): TemplateResult {
  const { scene, scale, actions, ui } = frame;
  const blocks = blocksOf(scene.regions, scale);
  return html`<section class="map-section" aria-labelledby="map-title">
    <div class="section-head">
      <h2 id="map-title">Layout</h2>
      <div class="tools">
        ${button({ label: "−", name: "Zoom Out", isDisabled: ui.zoom <= 1, onClick: () => actions.zoom(0.5) })}
        ${button({ label: "+", name: "Zoom In", isDisabled: ui.zoom >= 32, onClick: () => actions.zoom(2) })}
        ${button({ label: "Fit", title: "Show the Whole Flash", isDisabled: ui.zoom === 1, onClick: () => actions.zoom(undefined) })}
      </div>
    </div>
    <ul
      class="map ${frame.state.gesture ? "dragging" : ""}"
      id="map"
      ${at({ height: scale.height })}
      @pointerdown=${(event: PointerEvent) => pointerDrag(frame, event)}
      @keydown=${(event: KeyboardEvent) => mapKeys(frame, event)}
    >
      ${repeat(
        blocks,
        ({ region }) => region.key,
        (block) => item(frame, block),
      )}
      ${endOfFlash(frame)}
    </ul>
    ${mapEnd(frame)}
  </section>`;
}

/** A region and where it stands in the map, in pixels. */
interface Block extends Lane {
  readonly region: SceneRegion;
  readonly top: number;
  readonly height: number;
  /** Whether its address has room beside it. */
  readonly isLabelled: boolean;
}

function blocksOf(regions: readonly SceneRegion[], scale: MapScale): Block[] {
  const lanes = lanesOf(regions);
  let labelled = Number.NEGATIVE_INFINITY;
  return regions.map((region, index) => {
    const { lane, lanes: beside } = lanes[index] ?? { lane: 0, lanes: 1 };
    const top = pixelAt(scale, region.offset);
    const isLabelled = lane === 0 && top - labelled >= LABEL;
    if (isLabelled) labelled = top;
    const height = pixelAt(scale, region.offset + region.size) - top;
    return { region, lane, lanes: beside, top, height, isLabelled };
  });
}

function item(frame: Frame, { region, lane, lanes, top, height, isLabelled }: Block): TemplateResult {
  const isSelected = frame.selected?.key === region.key;
  return html`<li
    class="region role-${region.role} ${region.kind} ${isSelected ? "selected" : ""} ${lane > 0 ? "beside" : ""}"
    data-row=${region.row ?? nothing}
    data-key=${region.key}
    ${at({ top, height, lane, lanes })}
  >
    ${isLabelled ? html`<span class="address" aria-hidden="true">${hex(region.offset)}</span>` : nothing}
    ${regionBlock(frame, region, isSelected)} ${handlesOf(frame, region, isSelected)}
    ${worstProblem(frame, region)}
  </li>`;
}

/** Where flash ends, within the map when something lies beyond. */
function endOfFlash({ scene, scale }: Frame): TemplateResult | typeof nothing {
  const { flashSize, end } = scene;
  if (flashSize === undefined || end <= flashSize) return nothing;
  return html`<li class="flash-end-line" ${at({ top: pixelAt(scale, flashSize) })}>
    <span>${hex(flashSize)} End of flash</span>
  </li>`;
}

function mapEnd({ scene: { flashSize, end } }: Frame): TemplateResult {
  const isShort = flashSize !== undefined && flashSize < end;
  return html`<p class="map-end ${isShort ? "short" : ""}">
    <span class="address">${hex(end)}</span> ${endWords(flashSize, end)}
  </p>`;
}

function endWords(flashSize: number | undefined, end: number): string {
  if (flashSize === undefined) return "The flash size is not known";
  return end <= flashSize
    ? `End of flash, ${sizeText(flashSize)}`
    : `${sizeText(end - flashSize)} beyond the end of flash`;
}

import { html, nothing, type TemplateResult } from "lit-html";
import { dragLimits, type Handle } from "../../core/edit/drag";
import type { SceneRegion } from "../../core/picture/scene";
import { rowsOf } from "../selectors";
import { handleLabel, handleValue } from "../words";
import type { Frame } from "./frame";

const handles: readonly Handle[] = ["start", "body", "end"];

/**
 * What a partition is taken hold of by: its beginning, itself and its end. Each is a slider, so that keyboards and
 * screen readers have the same as a pointer; only those of the selected partition are in the order of Tab.
 */
export function handlesOf(
  frame: Frame,
  region: SceneRegion,
  isSelected: boolean,
): TemplateResult | typeof nothing {
  const { row } = region;
  if (row === undefined || frame.snapshot.locked !== undefined) return nothing;
  if (!isSelected) return html`${edge(row, "start")}${edge(row, "end")}`;
  return html`${handles.map((handle) => slider(frame, region, row, handle))}`;
}

/** For the pointer alone. */
const edge = (row: number, handle: Handle): TemplateResult =>
  html`<span class="handle ${handle}" data-handle=${handle} data-row=${row} aria-hidden="true"></span>`;

function slider(
  frame: Frame,
  region: SceneRegion,
  row: number,
  handle: Handle,
): TemplateResult | typeof nothing {
  const limits = dragLimits(rowsOf(frame.state), frame.snapshot.options, row, handle);
  if (!limits) return nothing;
  const value = handle === "end" ? region.offset + region.size : region.offset;
  const { gesture } = frame.state;
  const isHeld = gesture?.row === row && gesture.handle === handle;
  return html`<span
    class="handle ${handle} own ${isHeld ? "held" : ""}"
    role="slider"
    tabindex="0"
    aria-orientation="vertical"
    aria-label=${handleLabel(region, handle)}
    aria-valuemin=${limits.min}
    aria-valuemax=${limits.max}
    aria-valuenow=${value}
    aria-valuetext=${handleValue(region, handle, frame.scene.regions)}
    data-handle=${handle}
    data-row=${row}
    >${handle === "body" ? html`<span class="grip" aria-hidden="true"></span>` : nothing}${
      isHeld
        ? html`<span class="readout" aria-hidden="true">${handleValue(region, handle, frame.scene.regions)}</span>`
        : nothing
    }</span
  >`;
}

import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit-html";
import { ribbonsOf } from "../../core/picture/ribbons";
import type { Scene } from "../../core/picture/scene";
import { sizeText } from "../../core/text/units";
import { ribbonPath, stripRect, stripX } from "../geometry/strip";
import { ticksOf } from "../geometry/ticks";
import type { Frame } from "./frame";
import { patterns } from "./patterns";
import { HEIGHT, piece } from "./piece";

/** In CSS pixels. */
const RIBBONS = 30;
const AXIS = 18;
/** A ribbon that is wider has its word on it. */
const WORD = 60;
/** A label so close to the edge would be cut. */
const EDGE = 28;

/** Where things lie in the picture. */
interface Plan {
  /** The addresses that the width shows. */
  readonly end: number;
  readonly width: number;
  /** The upper edge of the target's bar. */
  readonly top: number;
}

/** The whole flash to true scale; with a source table, that one above and what becomes of it between. */
export function stripView(frame: Frame): TemplateResult {
  const { comparison, scene, snapshot, ui } = frame;
  const end = Math.max(scene.end, comparison?.source.end ?? 0);
  const plan: Plan = { end, width: ui.width, top: comparison ? HEIGHT + RIBBONS : 0 };
  const height = plan.top + HEIGHT + AXIS;
  return html`<section class="strip" aria-label="Flash to scale">
    ${comparison ? html`<p class="strip-label">Today: ${snapshot.source?.title}</p>` : nothing}
    <svg
      class="strip-picture"
      role="img"
      aria-label=${describe(frame)}
      viewBox="0 0 ${ui.width} ${height}"
      width=${ui.width}
      height=${height}
      @click=${(event: MouseEvent) => pick(frame, event, plan)}
    >
      ${patterns} ${comparison ? bar(comparison.source, plan, 0) : nothing} ${ribbons(frame, plan)}
      ${bar(scene, plan, plan.top, frame.selected?.key)} ${lens(frame, plan)} ${flashEnd(frame, plan)}
      ${ticksOf(end, ui.width).map(
        ({ x, label }) => svg`
          <line class="tick" x1=${x} x2=${x} y1=${plan.top + HEIGHT} y2=${plan.top + HEIGHT + 4} />
          <text class="tick-label" x=${x} y=${height - 3} text-anchor=${anchorAt(x, ui.width)}>${label}</text>`,
      )}
    </svg>
    ${
      comparison
        ? html`<p class="strip-label">
            Then: ${snapshot.title}. ${sizeText(comparison.diff.bytesKept)} kept,
            ${sizeText(comparison.diff.bytesLost)} lost.
          </p>`
        : nothing
    }
  </section>`;
}

const describe = ({ scene, comparison }: Frame): string => {
  const partitions = scene.regions.filter(({ kind }) => kind === "partition");
  const list = partitions.map(({ name, size }) => `${name} ${sizeText(size)}`).join(", ");
  return `${sizeText(scene.end)} of flash: ${list}.${comparison ? ` ${comparison.diff.summary}` : ""}`;
};

const anchorAt = (x: number, width: number): string => {
  if (x < EDGE) return "start";
  return x > width - EDGE ? "end" : "middle";
};

const bar = ({ regions }: Scene, { end, width }: Plan, y: number, selected?: string): SVGTemplateResult =>
  svg`<g transform="translate(0 ${y})">${regions.map((region) =>
    piece(region, stripRect(region.offset, region.offset + region.size, end, width), region.key === selected),
  )}</g>`;

function ribbons({ comparison, scene }: Frame, { end, width, top }: Plan) {
  if (!comparison) return nothing;
  return svg`<g class="ribbons">${ribbonsOf(comparison.diff, comparison.source, scene).map(
    ({ kind, from, to }) => {
      const one = from ?? to;
      const other = to ?? from;
      if (!one || !other) return nothing;
      // What has no partner is a stump: it ends, or begins, in the middle.
      const space = {
        end,
        width,
        top: from ? HEIGHT : top - RIBBONS / 2,
        bottom: to ? top : HEIGHT + RIBBONS / 2,
      };
      const widest = from && to ? to : one;
      const x = stripX((widest.offset + widest.end) / 2, end, width);
      const isWide = stripX(widest.end - widest.offset, end, width) > WORD;
      return svg`<path class="ribbon ${kind}" d=${ribbonPath(one, other, space)} />${
        isWide
          ? svg`<text class="ribbon-word" x=${x} y=${(space.top + space.bottom) / 2 + 4} text-anchor="middle">${kind}</text>`
          : nothing
      }`;
    },
  )}</g>`;
}

/** What the window shows of the map below. */
function lens({ ui, scene }: Frame, { end, width, top }: Plan) {
  if (!ui.visible || (ui.visible.offset <= 0 && scene.end <= ui.visible.end)) return nothing;
  const x = stripX(ui.visible.offset, end, width);
  return svg`<rect class="lens" x=${x} y=${top - 1} width=${Math.max(4, stripX(ui.visible.end, end, width) - x)} height=${HEIGHT + 2} />`;
}

/** Where flash ends, when something lies beyond. */
function flashEnd({ scene }: Frame, { end, width, top }: Plan) {
  if (scene.flashSize === undefined || end <= scene.flashSize) return nothing;
  const x = stripX(scene.flashSize, end, width);
  return svg`<g class="flash-end">
    <title>End of flash</title>
    <rect x=${x} y="0" width=${width - x} height=${top + HEIGHT} fill="url(#beyond)" />
    <line x1=${x} x2=${x} y1="0" y2=${top + HEIGHT + 4} />
  </g>`;
}

/** A click on the target's bar selects what lies there, and shows it; a tiny partition is hit from nearby too. */
function pick({ scene, actions }: Frame, event: MouseEvent, { end, top }: Plan): void {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  if (event.clientY - box.top < top) return;
  const address = ((event.clientX - box.left) / box.width) * end;
  const near = (2 / box.width) * end;
  const hits = scene.regions.filter(
    ({ offset, size }) => offset - near <= address && address < offset + size + near,
  );
  const hit = hits.toSorted((a, b) => a.size - b.size)[0];
  if (!hit) return;
  actions.dispatch({ kind: "select", key: hit.key });
  actions.scrollTo(hit.offset);
}

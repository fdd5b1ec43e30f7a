import { html, nothing, type SVGTemplateResult, svg, type TemplateResult } from "lit-html";
import { type Stretch, type Timeline, timelineOf } from "../timeline";
import { secondsText } from "../words";
import type { Frame } from "./frame";
import { verdictClass } from "./verdictSign";

/** In CSS pixels. */
const TOP = 30;
const HEIGHT = 28;
const BOTTOM = 22;
const LETTER = 6.5;
/** What is shorter cannot be seen. */
const LEAST = 3;

/** The migration from its beginning to its end, true to time: the moment in which power must not fail stands out of it. */
export function overviewView(frame: Frame): TemplateResult | typeof nothing {
  const { bands, ui, start } = frame;
  if (!start || bands.length === 0) return nothing;
  const { width } = ui;
  const timeline = timelineOf(bands, width);
  const height = TOP + HEIGHT + BOTTOM;
  return html`<svg
    class="overview"
    role="img"
    aria-label=${describe(frame, timeline)}
    viewBox="0 0 ${width} ${height}"
    width=${width}
    height=${height}
    @click=${(event: MouseEvent) => pick(frame, timeline, event)}
  >
    ${timeline.stretches.map(stretch)} ${noReturn(timeline, width)} ${bad(frame, timeline)}
    ${hazard(timeline, width)} ${current(frame, timeline)}
    <text class="tick-label" x="0" y=${height - 6}>0 s</text>
    <text class="tick-label" x=${width} y=${height - 6} text-anchor="end">${secondsText(timeline.total)} of work on flash</text>
  </svg>`;
}

function describe({ bands }: Frame, { total }: Timeline): string {
  const hazards = bands.filter(({ isHazard }) => isHazard);
  const words = hazards.map(({ title, seconds }) => `hazard window: ${title}, ${secondsText(seconds)}`);
  return [`The migration true to time, ${secondsText(total)}`, ...words].join("; ");
}

function stretch({ band, x, width }: Stretch, index: number): SVGTemplateResult {
  const room = width - 8;
  const isNamed = band.title.length * LETTER < room;
  return svg`<g class="stretch ${verdictClass(band.worst)} ${index % 2 === 0 ? "even" : "odd"}">
    <title>${band.title}: ${secondsText(band.seconds)}</title>
    <rect x=${x} y=${TOP} width=${Math.max(width, 0.5)} height=${HEIGHT} />
    ${isNamed ? svg`<text x=${x + width / 2} y=${TOP + HEIGHT / 2 + 4} text-anchor="middle">${band.title}</text>` : nothing}
  </g>`;
}

/** Every operation at which a cut ends badly, wide enough to be seen. */
const bad = ({ start }: Frame, { placeOf }: Timeline): readonly SVGTemplateResult[] =>
  (start?.operations ?? []).flatMap(({ index, verdict }) => {
    const place = placeOf(index);
    if (!place || (verdict !== "bricked" && verdict !== "stuck")) return [];
    return [
      svg`<rect class="flaw ${verdict}" x=${place.x} y=${TOP} width=${Math.max(LEAST, place.width)} height=${HEIGHT} />`,
    ];
  });

function hazard({ stretches }: Timeline, width: number) {
  const first = stretches.find(({ band }) => band.isHazard);
  if (!first) return nothing;
  const x = first.x + first.width / 2;
  return flag("hazard-flag", "Power must not fail here", x, width, 12);
}

function noReturn({ stretches }: Timeline, width: number) {
  const first = stretches.find(({ band }) => band.isPointOfNoReturn);
  if (!first) return nothing;
  return flag("return-flag", "No way back from here", first.x, width, 26);
}

/** A pole and its words, on the side where there is room. */
function flag(className: string, label: string, x: number, width: number, y: number): SVGTemplateResult {
  const isRight = x + label.length * LETTER + 12 < width;
  return svg`<g class="flag ${className}">
    <line x1=${x} x2=${x} y1=${y - 9} y2=${TOP + HEIGHT + 5} />
    <text x=${isRight ? x + 6 : x - 6} y=${y} text-anchor=${isRight ? "start" : "end"}>${label}</text>
  </g>`;
}

/** Where the operation lies that is looked at. */
function current({ state }: Frame, { placeOf }: Timeline) {
  const place = placeOf(state.current);
  if (!place) return nothing;
  const x = place.x + place.width / 2;
  const y = TOP + HEIGHT + 2;
  return svg`<path class="pointer" d="M${x} ${y}l5 8h-10z" />`;
}

/** The operation at that time; in a crowd of short ones the worst of those nearby is meant. */
function pick({ bands, actions }: Frame, { placeOf }: Timeline, event: MouseEvent): void {
  const box = (event.currentTarget as Element).getBoundingClientRect();
  const x = event.clientX - box.left;
  const near = bands
    .flatMap(({ operations }) => operations)
    .flatMap((operation) => {
      const place = placeOf(operation.index);
      if (!place) return [];
      const isGrave = operation.verdict === "bricked" || operation.verdict === "stuck";
      const away = Math.max(0, place.x - x, x - place.x - place.width);
      return [{ operation, away: isGrave && away < LEAST * 2 ? -1 : away }];
    });
  const [first] = near.toSorted((a, b) => a.away - b.away);
  if (first) actions.focusMark(first.operation.index);
}

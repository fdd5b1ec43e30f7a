import { type MapScale, mapScale } from "../geometry/mapScale";
import { comparisonOf, problemsOfRow, sceneOfState } from "../selectors";
import type { State } from "../state";
import type { Actions, Frame, Ui } from "./frame";
import { minHeightOf } from "./region";

/** What stands around the map in the window: head, strip and, in a narrow window, the inspector. */
const aroundMap = (width: number): number => (width < 780 ? 420 : 300);
const LEAST_HEIGHT = 200;

/** All that the page is drawn from; undefined while the host has not told anything. */
export function frameOf(state: State, ui: Ui, actions: Actions): Frame | undefined {
  const { snapshot } = state;
  if (!snapshot) return undefined;
  const scene = sceneOfState(state);
  return {
    state,
    snapshot,
    scene,
    comparison: comparisonOf(state),
    selected: scene.regions.find(({ key }) => key === state.selected),
    scale: scaleNow(state, ui),
    ui,
    problemsOf: (row) => problemsOfRow(state, row),
    actions,
  };
}

/** Where nobody says where the flash ends, there is room to drag the last partition further. */
const openEnd = (end: number) => ({ offset: end, size: Math.max(0x100000, end / 4), minHeight: 60 });

let drawn: MapScale | undefined;

/** While something is dragged the scale stays as it was drawn, so that the edge stays under the pointer. */
function scaleNow(state: State, ui: Ui): MapScale {
  if (!state.gesture || !drawn) drawn = scaleFor(state, ui);
  return drawn;
}

/** The scale of the map at the zoom of `ui`. */
export function scaleFor(state: State, ui: Ui): MapScale {
  const { regions, flashSize } = sceneOfState(state);
  const worse = new Set(state.snapshot?.problems.map(({ row }) => row));
  const measured = regions.map((region) => ({
    offset: region.offset,
    size: region.size,
    minHeight: minHeightOf(region, region.row !== undefined && worse.has(region.row)),
  }));
  if (flashSize === undefined) measured.push(openEnd(sceneOfState(state).end));
  const height = Math.max(LEAST_HEIGHT, ui.height - aroundMap(ui.width)) * ui.zoom;
  return mapScale(measured, height, flashSize === undefined ? [] : [flashSize]);
}

import { addressAt, type MapScale, pixelAt } from "./mapScale";

/**
 * What of the map is seen: how far it is magnified, and how many pixels of it lie above the window; less than none where it
 * begins further down.
 */
export interface MapView {
  readonly zoom: number;
  readonly scrollTop: number;
}

/** The map at a zoom: the caller multiplies the height of its window. */
export type ScaleOfZoom = (zoom: number) => MapScale;

export const MIN_ZOOM = 1;
export const MAX_ZOOM = 32;
/** How much of the window a region takes that somebody zoomed to. */
const FILLED = 0.8;

export const clampZoom = (zoom: number): number => Math.min(Math.max(zoom, MIN_ZOOM), MAX_ZOOM);

/** What the wheel, or a pinch on a touchpad, multiplies the zoom with. `delta` in pixels, as browsers tell it. */
export const wheelFactor = (delta: number): number => Math.exp(-Math.min(Math.max(delta, -100), 100) / 200);

/**
 * Zooms by a factor and keeps what is under the pointer in its place: the address, or beside the map its nearest edge.
 * `anchor` in pixels from the window's top.
 */
export function zoomAt(view: MapView, factor: number, anchor: number, scaleOf: ScaleOfZoom): MapView {
  const zoom = clampZoom(view.zoom * factor);
  const before = scaleOf(view.zoom);
  const pixel = view.scrollTop + anchor;
  const onMap = Math.min(Math.max(pixel, 0), before.height);
  return { zoom, scrollTop: view.scrollTop + pixelAt(scaleOf(zoom), addressAt(before, onMap)) - onMap };
}

/** As large as a region can be and still be seen whole, in the middle of a window of `height` pixels. */
export function zoomToRegion(
  { offset, size }: { readonly offset: number; readonly size: number },
  height: number,
  scaleOf: ScaleOfZoom,
): MapView {
  const extent = (zoom: number) => {
    const scale = scaleOf(zoom);
    return { top: pixelAt(scale, offset), bottom: pixelAt(scale, offset + size) };
  };
  const fits = (zoom: number) => {
    const { top, bottom } = extent(zoom);
    return bottom - top <= height * FILLED;
  };
  const zoom = zooms.findLast(fits) ?? MIN_ZOOM;
  const { top, bottom } = extent(zoom);
  return { zoom, scrollTop: (top + bottom - height) / 2 };
}

/** What is tried for a region: the heights of the map are no simple function of the zoom. */
const zooms = Array.from({ length: 21 }, (_, i) => MIN_ZOOM * (MAX_ZOOM / MIN_ZOOM) ** (i / 20));

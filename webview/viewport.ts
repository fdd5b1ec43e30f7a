import { addressAt, type MapScale, pixelAt } from "./geometry/mapScale";
import { clampZoom, wheelFactor, zoomAt, zoomToRegion } from "./geometry/panZoom";
import type { Actions } from "./view/frame";
import { scaleFor } from "./view/frameOf";

/** The window over the map: where it is scrolled to, and how far the map is zoomed. */
export interface Viewport {
  /** Brings an address into the window, below the strip. */
  show(address: number): void;
  /** Around the middle of the window; without a factor, back to the whole. */
  zoom(factor: number | undefined): void;
  /** As large as it can be and still be seen whole. */
  zoomTo(region: { readonly offset: number; readonly size: number }): void;
  /** The page was drawn with this scale. What has just been selected is brought into view, whoever selected it. */
  drawn(scale: MapScale | undefined): void;
}

export function createViewport(actions: Actions): Viewport {
  let scale: MapScale | undefined;
  let selected: string | null = null;
  const map = (): HTMLElement | null => document.getElementById("map");
  const top = (): number => map()?.getBoundingClientRect().top ?? 0;
  /** What the strip covers while it stays at the top of the window. */
  const covered = (): number => {
    const strip = document.querySelector(".strip");
    return strip && getComputedStyle(strip).position === "sticky" ? strip.clientHeight : 0;
  };
  /** What the inspector covers while it stays at the bottom. */
  const coveredBelow = (): number => {
    const inspector = document.querySelector(".inspector");
    const style = inspector && getComputedStyle(inspector);
    return inspector && style?.position === "sticky" && style.bottom === "0px" ? inspector.clientHeight : 0;
  };
  const behavior = (): ScrollBehavior =>
    matchMedia("(prefers-reduced-motion: reduce)").matches ? "instant" : "smooth";

  function update(): void {
    if (!scale) return;
    const from = covered() - top();
    const visible = { offset: addressAt(scale, from), end: addressAt(scale, window.innerHeight - top()) };
    const last = actions.ui().visible;
    if (visible.offset !== last?.offset || visible.end !== last.end) actions.setUi({ visible });
  }

  const scaleOf = (zoom: number): MapScale => scaleFor(actions.state(), { ...actions.ui(), zoom });

  function zoomBy(factor: number, anchor: number): void {
    const view = { zoom: actions.ui().zoom, scrollTop: -top() };
    const next = zoomAt(view, factor, anchor, scaleOf);
    actions.setUi({ zoom: next.zoom });
    window.scrollBy(0, next.scrollTop + top());
  }

  function wheel(event: WheelEvent): void {
    // A pinch on a touchpad arrives as a wheel with Ctrl.
    if (!event.ctrlKey || actions.state().gesture) return;
    event.preventDefault();
    zoomBy(wheelFactor(event.deltaY), event.clientY);
  }

  /** Between the strip and the inspector, where both leave room. */
  function revealSelected(): void {
    // Who works in the grid looks at the grid.
    if (document.activeElement?.closest(".rows")) return;
    const box = document.querySelector("#map .region.selected")?.getBoundingClientRect();
    if (!box) return;
    const from = covered() + 8;
    const to = window.innerHeight - coveredBelow() - 8;
    const by = box.top < from || to - from < box.height ? box.top - from : Math.max(0, box.bottom - to);
    if (by !== 0) window.scrollBy({ top: by, behavior: behavior() });
  }

  window.addEventListener("scroll", () => requestAnimationFrame(update), { passive: true });
  window.addEventListener("wheel", wheel, { passive: false });
  const measure = (): void => {
    const width = document.querySelector(".strip")?.clientWidth ?? window.innerWidth;
    actions.setUi({ width, height: window.innerHeight });
    update();
  };
  window.addEventListener("resize", measure);

  return {
    show(address) {
      if (!scale) return;
      const y = top() + pixelAt(scale, address);
      if (covered() + 8 <= y && y <= window.innerHeight - 80) return;
      window.scrollBy({ top: y - covered() - 24, behavior: behavior() });
    },
    zoom(factor) {
      const { zoom } = actions.ui();
      zoomBy(factor === undefined ? 1 / zoom : clampZoom(zoom * factor) / zoom, window.innerHeight / 2);
    },
    zoomTo(region) {
      const next = zoomToRegion(region, window.innerHeight - covered(), scaleOf);
      actions.setUi({ zoom: next.zoom });
      window.scrollBy(0, next.scrollTop + top() - covered());
    },
    drawn(next) {
      const isFirst = scale === undefined && next !== undefined;
      scale = next;
      if (isFirst) requestAnimationFrame(measure);
      const { gesture, selected: key } = actions.state();
      if (gesture || key === selected) return;
      selected = key;
      // The inspector takes its new size with the next picture.
      requestAnimationFrame(revealSelected);
    },
  };
}

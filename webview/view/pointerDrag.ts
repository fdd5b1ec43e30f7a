import { addressAt, pixelAt } from "../geometry/mapScale";
import { LARGE_STEP, STEP } from "../keys";
import type { Frame } from "./frame";
import { grabbedBy } from "./grabbed";

/** A pointer that has moved less than this has clicked. */
const SLACK = 4;
/** So close to the edge of the window the page follows the pointer, in CSS pixels. */
const EDGE = 32;

/** From a press on the map to its release, wherever that is. Until the pointer has left its place, it is a click. */
export function pointerDrag(frame: Frame, press: PointerEvent): void {
  const grabbed = grabbedBy(frame, press);
  if (!grabbed || press.button !== 0) return;
  const { row, handle, region } = grabbed;
  const map = press.currentTarget as HTMLElement;
  const { scale, actions } = frame;
  const from = handle === "end" ? region.offset + region.size : region.offset;
  const listening = new AbortController();
  let shift = 0;
  let isHeld = false;

  const end = (kind: "drop" | "cancel"): void => {
    listening.abort();
    if (isHeld) actions.dispatch({ kind });
  };
  const move = (event: PointerEvent): void => {
    // The button was released where nobody could tell: outside of the window.
    if (event.buttons === 0) {
      end("cancel");
      return;
    }
    if (!isHeld && Math.abs(event.clientY - press.clientY) < SLACK) return;
    if (!isHeld) {
      isHeld = true;
      // Of now: selecting may have moved the map, where it took a notice away.
      shift = heightIn(map, press) - pixelAt(scale, from);
      map.setPointerCapture(press.pointerId);
      actions.dispatch({ kind: "grab", row, handle });
    }
    const to = addressAt(scale, heightIn(map, event) - shift);
    actions.dispatch({ kind: "drag", to, step: event.shiftKey ? LARGE_STEP : STEP });
    follow(event);
  };
  const cancelByKey = ({ key }: KeyboardEvent): void => {
    if (key === "Escape") end("cancel");
  };
  const { signal } = listening;
  window.addEventListener("pointermove", move, { signal });
  window.addEventListener("pointerup", () => end("drop"), { signal });
  window.addEventListener("pointercancel", () => end("cancel"), { signal });
  window.addEventListener("keydown", cancelByKey, { signal, capture: true });
  // An edge lies over two blocks; the focus stays where it is until the edge is let go.
  if (handle !== "body") press.preventDefault();
  actions.dispatch({ kind: "select", key: region.key });
}

const heightIn = (map: HTMLElement, { clientY }: PointerEvent): number =>
  clientY - map.getBoundingClientRect().top;

function follow({ clientY }: PointerEvent): void {
  if (clientY < EDGE) window.scrollBy(0, clientY - EDGE);
  else if (window.innerHeight - EDGE < clientY) window.scrollBy(0, clientY - window.innerHeight + EDGE);
}

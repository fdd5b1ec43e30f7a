import { handleKey } from "../keys";
import type { PageEvent } from "../state";
import type { Actions } from "./frame";
import type { Grabbed } from "./grabbed";

/** Keys have no release that ends a drag: a pause of so many milliseconds does, as a pointer that is let go. */
const PAUSE = 1000;

/** The end of the drag that is going on. */
let end: ((kind: "drop" | "cancel") => void) | undefined;
let pause: ReturnType<typeof setTimeout> | undefined;

/**
 * A key on a handle; tells whether it means something there. All keys up to a pause are one drag and one undo step: Enter
 * ends it at once, Escape takes all of it back, and whatever else is done with the keyboard or the pointer comes after it.
 */
export function keyDrag(actions: Actions, event: KeyboardEvent, { row, handle }: Grabbed): boolean {
  const meant = handleKey(event);
  if (!meant) return false;
  if (meant.kind === "drop" || meant.kind === "cancel") end?.(meant.kind);
  else move(actions, meant, { row, handle });
  return true;
}

function move(actions: Actions, meant: PageEvent, grab: Pick<Grabbed, "row" | "handle">): void {
  // A change from elsewhere ends a drag as well.
  if (!end || !actions.state().gesture) begin(actions, grab);
  actions.dispatch(meant);
  clearTimeout(pause);
  pause = setTimeout(() => end?.("drop"), PAUSE);
}

function begin(actions: Actions, grab: Pick<Grabbed, "row" | "handle">): void {
  end?.("drop");
  const listening = new AbortController();
  end = (kind) => {
    end = undefined;
    clearTimeout(pause);
    listening.abort();
    actions.dispatch({ kind });
  };
  const drop = (): void => end?.("drop");
  const options = { signal: listening.signal, capture: true };
  window.addEventListener("blur", drop, options);
  window.addEventListener("pointerdown", drop, options);
  window.addEventListener(
    "keydown",
    (event) => {
      if (!handleKey(event) && event.key !== "Shift") drop();
    },
    options,
  );
  actions.dispatch({ kind: "grab", ...grab });
}

import { type MarkPlace, moved } from "../move";
import type { Frame } from "./frame";

/**
 * Moves the keyboard along the marks, from the one that has it: what was drawn last may be older than the key before.
 * Enter and Space are clicks of the button that has it.
 */
export function markKey({ actions }: Frame, event: KeyboardEvent): void {
  if (event.key === "Escape") actions.dispatch({ kind: "select", id: null });
  const list = event.currentTarget as HTMLElement;
  const index = moved(event, placesIn(list), indexOf(event.target));
  if (index === undefined) return;
  event.preventDefault();
  actions.dispatch({ kind: "move", index });
  list.querySelector<HTMLElement>(`[data-index="${index}"]`)?.focus();
}

const indexOf = (target: EventTarget | null): number =>
  target instanceof HTMLElement ? Number(target.dataset.index) : Number.NaN;

const placesIn = (list: HTMLElement): MarkPlace[] =>
  [...list.querySelectorAll<HTMLElement>("[data-index]")].map((mark) => {
    const { left, width, top, height } = mark.getBoundingClientRect();
    const { index, band } = mark.dataset;
    return { index: Number(index), band: Number(band), x: left + width / 2, y: top + height / 2 };
  });

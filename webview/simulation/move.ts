import type { KeyPress } from "../keys";

/** Where a mark is drawn. */
export interface MarkPlace {
  readonly index: number;
  readonly band: number;
  /** Of its middle, in CSS pixels. */
  readonly x: number;
  readonly y: number;
}

/**
 * The operation whose mark gets the keyboard; undefined where the key means nothing. Left and right go along the
 * operations, up and down to the next line, Page Up and Page Down to the next step.
 */
export function moved(
  { key, ctrlKey, metaKey, altKey }: KeyPress,
  places: readonly MarkPlace[],
  current: number,
): number | undefined {
  const move = Object.hasOwn(moves, key) ? moves[key] : undefined;
  if (!move || ctrlKey || metaKey || altKey) return undefined;
  const at = places.findIndex(({ index }) => index === current);
  const from = places[at];
  return from ? move(places, at, from)?.index : places[0]?.index;
}

type Move = (places: readonly MarkPlace[], at: number, from: MarkPlace) => MarkPlace | undefined;

const moves: Readonly<Record<string, Move>> = {
  ArrowRight: (places, at) => places[at + 1],
  ArrowLeft: (places, at) => places[at - 1],
  ArrowDown: (places, at, from) => nearest(places.slice(at), from, 1),
  ArrowUp: (places, at, from) => nearest(places.slice(0, at).toReversed(), from, -1),
  Home: (places) => places[0],
  End: (places) => places.at(-1),
  PageDown: (places, at, from) => places.slice(at).find(({ band }) => band !== from.band),
  PageUp: (places, _, from) => {
    const before = places.findLast(({ band }) => band < from.band);
    return places.find(({ band }) => band === before?.band);
  },
};

/** On the next line in this direction the mark that is closest to the column. */
function nearest(
  others: readonly MarkPlace[],
  { x, y }: MarkPlace,
  direction: 1 | -1,
): MarkPlace | undefined {
  const next = others.find((place) => (place.y - y) * direction > 1)?.y;
  const line = others.filter((place) => next !== undefined && Math.abs(place.y - next) <= 1);
  return line.toSorted((a, b) => Math.abs(a.x - x) - Math.abs(b.x - x))[0];
}

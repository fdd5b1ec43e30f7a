import type { Band } from "./bands";

/** A piece of the timeline, in CSS pixels from the left. */
export interface Stretch {
  readonly band: Band;
  readonly x: number;
  readonly width: number;
}

/** The whole migration, as long as its operations take. */
export interface Timeline {
  /** Seconds. */
  readonly total: number;
  readonly stretches: readonly Stretch[];
  /** Where an operation begins and how long it is; undefined for one that is not there. */
  readonly placeOf: (index: number) => { readonly x: number; readonly width: number } | undefined;
}

/** True to time by the datasheet: what takes long is long, and the moment in which power must not fail is as short as it is. */
export function timelineOf(bands: readonly Band[], width: number): Timeline {
  const total = bands.reduce((sum, { seconds }) => sum + seconds, 0);
  const scale = total > 0 ? width / total : 0;
  const places = new Map<number, { readonly x: number; readonly width: number }>();
  let time = 0;
  const stretches = bands.map((band) => {
    const x = time * scale;
    for (const { index, seconds } of band.operations) {
      places.set(index, { x: time * scale, width: seconds.typical * scale });
      time += seconds.typical;
    }
    return { band, x, width: band.seconds * scale };
  });
  return { total, stretches, placeOf: (index) => places.get(index) };
}

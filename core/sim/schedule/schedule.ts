import type { Subject } from "../sweep/subject";
import type { TriedCase } from "../sweep/tried";

/** A schedule, cut into pieces after each of which a host can show how far it is, or stop it. */
export interface PlannedSchedule {
  readonly pieces: number;
  /** One array for each piece. */
  readonly tried: () => Generator<readonly TriedCase[]>;
  /** What it tries, as sentences. */
  readonly sentences: readonly string[];
}

/** The same for every subject, one after the other. */
export const forEach = (
  subjects: readonly Subject[],
  pieces: (subject: Subject) => readonly (() => readonly TriedCase[])[],
  sentences: readonly string[],
): PlannedSchedule => {
  const all = subjects.flatMap(pieces);
  return {
    pieces: all.length,
    *tried() {
      for (const piece of all) yield piece();
    },
    sentences,
  };
};

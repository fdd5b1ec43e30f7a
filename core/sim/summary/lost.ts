import { changedContents } from "../sweep/kept";
import type { Subject } from "../sweep/subject";

/** Partitions that both tables have at the same place, and that held something that is gone at the end. */
export const lostContents = ({ scenario: { input, state }, clean }: Subject): readonly string[] =>
  changedContents(input, state.flash, clean.state.flash);

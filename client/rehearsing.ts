/** What rehearses migrations: a bundle of its own, because few windows ever do. */
export type Rehearsing = typeof import("../device/rehearsal/index");

/** Loaded on first use. The path is that of the bundle too, so it can be imported from this folder only. */
export const loadRehearsing = (): Promise<Rehearsing> => import("../device/rehearsal/index");

/** What serves images: a bundle of its own, because few windows ever do. */
export type OtaServing = typeof import("../device/otaServer/index");

/** Loaded on first use. The path is that of the bundle too, so it can be imported from this folder only. */
export const loadOtaServing = (): Promise<OtaServing> => import("../device/otaServer/index");

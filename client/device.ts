/** What talks to boards: a bundle of its own, because most windows never do. */
export type Device = typeof import("../device/index");

/** Loaded on first use. The path is that of the bundle too, so it can be imported from this folder only. */
export const loadDevice = (): Promise<Device> => import("../device/index");

import type { Role } from "./roles";

/** Tiles of patterns are squares; their lines may reach beyond the edges, where they are cut. In pixels. */
export const TILE = 8;

/** The lines by which each role is told without its colour, in the page and in exported pictures; none is a plain area. */
export const roleTiles: Readonly<Record<Role, string>> = {
  bootloader: "M-2 6L6 -2M2 10L10 2",
  table: "M0 4H8M4 0V8",
  app: "",
  otadata: "M1 2H3M5 6H7",
  nvs: "M2 0V8M6 0V8",
  filesystem: "M0 2H8M0 6H8",
  data: "M-2 2L6 10M2 -2L10 6",
  unknown: "M0 0L8 8M8 0L0 8",
  gap: "M3.5 4H4.5",
};

/** What lies in two partitions, and what lies beyond the end of flash. */
export const faultTiles = {
  overlap: "M-2 2L2 -2M0 8L8 0M6 10L10 6",
  beyond: "M0 0L8 8M8 0L0 8",
} as const;

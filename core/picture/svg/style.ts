import type { ChangeKind } from "../../migrate/diff";
import type { Role } from "../roles";
import { faultTiles, roleTiles, TILE } from "../tiles";
import { element, type Markup } from "./xml";

/** Everything is drawn on white paper, because a ticket may be read in any theme. All lengths in pixels. */
export const PAGE_WIDTH = 960;
export const MARGIN = 24;
export const WIDTH = PAGE_WIDTH - 2 * MARGIN;

export const ink = { text: "#1f2328", quiet: "#59636e", line: "#d1d9e0", wrong: "#b42318", paper: "#ffffff" };

const SANS = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, sans-serif";
const MONO = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";
export const fonts = { sans: SANS, mono: MONO };

/** A light colour that carries dark text, and the strokes of its pattern. */
interface Fabric {
  readonly fill: string;
  readonly stroke: string;
}

const fabrics: Readonly<Record<Role, Fabric>> = {
  bootloader: { fill: "#d5dbe2", stroke: "#8794a3" },
  table: { fill: "#c3ccd6", stroke: "#718096" },
  app: { fill: "#c2d8f7", stroke: "#4a7fc9" },
  otadata: { fill: "#e2d4f5", stroke: "#9270c4" },
  nvs: { fill: "#f8e1b0", stroke: "#c2953a" },
  filesystem: { fill: "#c9e8cf", stroke: "#58a36a" },
  data: { fill: "#f6d3d8", stroke: "#cd7f8c" },
  unknown: { fill: "#eceff2", stroke: "#77818c" },
  gap: { fill: "#f9fafb", stroke: "#c3ccd6" },
};

export const changeColours: Readonly<Record<ChangeKind, string>> = {
  kept: "#6e7781",
  grown: "#2f6fd0",
  shrunk: "#b35900",
  moved: "#7a4bc2",
  new: "#2c8a45",
  erased: "#c23b30",
};

const tile = (id: string, markup: readonly Markup[]): Markup =>
  element("pattern", { id, width: TILE, height: TILE, patternUnits: "userSpaceOnUse" }, markup);

const hatch = (lines: string, stroke: string, width: number): Markup =>
  element("path", { d: lines, stroke, "stroke-width": width, fill: "none" });

/** The patterns, by the names under which `fill` uses them. */
export const definitions = (): Markup =>
  element("defs", {}, [
    ...(Object.keys(fabrics) as Role[]).map((role) => {
      const { fill, stroke } = fabrics[role];
      const lines = roleTiles[role];
      return tile(role, [
        element("rect", { width: TILE, height: TILE, fill }),
        ...(lines === "" ? [] : [hatch(lines, stroke, role === "gap" ? 1 : 0.6)]),
      ]);
    }),
    tile("overlap", [hatch(faultTiles.overlap, ink.wrong, 1.8)]),
    tile("beyond", [hatch(faultTiles.beyond, ink.wrong, 1)]),
  ]);

export const roleFill = (role: Role): string => `url(#${role})`;
export const roleStroke = (role: Role): string => fabrics[role].stroke;

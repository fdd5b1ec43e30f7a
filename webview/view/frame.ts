import type { Comparison, Range, Scene, SceneRegion } from "../../core/picture/scene";
import type { Column } from "../../core/table/csv";
import type { FromWebview, LayoutSnapshot, SnapshotProblem } from "../../protocol/webview";
import type { MapScale } from "../geometry/mapScale";
import type { PageEvent, State } from "../state";

/** What belongs to this page alone and is worth nothing to anybody else: widths, zoom, the field that is open. */
export interface Ui {
  /** Of the strip, in CSS pixels. */
  readonly width: number;
  /** Of the window. */
  readonly height: number;
  readonly zoom: number;
  /** The addresses that the window shows of the map. */
  readonly visible?: Range;
  readonly editing?: { readonly row: number; readonly column: Column } | undefined;
  /** Percent of the binary that *Fit to Binary* leaves free. */
  readonly margin: number;
}

/** What a view may set off. */
export interface Actions {
  dispatch(event: PageEvent): void;
  /** As they are now, which is later than the drawing whose view asks. */
  state(): State;
  ui(): Ui;
  send(message: FromWebview): void;
  setUi(change: Partial<Ui>): void;
  /** Brings an address of the map into the window. */
  scrollTo(address: number): void;
  /** Selects a region and gives its block the keyboard. */
  focus(key: string): void;
  /** Zooms the map; without a factor, back to the whole. */
  zoom(factor: number | undefined): void;
  /** Shows this region as large as it can be seen whole. */
  zoomTo(region: Pick<SceneRegion, "offset" | "size">): void;
}

/** All that one drawing of the page is made of. */
export interface Frame {
  readonly state: State;
  readonly snapshot: LayoutSnapshot;
  readonly scene: Scene;
  readonly comparison: Comparison | undefined;
  readonly selected: SceneRegion | undefined;
  readonly scale: MapScale;
  readonly ui: Ui;
  /** Of a row, or of the whole table; worst first. */
  readonly problemsOf: (row: number | undefined) => readonly SnapshotProblem[];
  readonly actions: Actions;
}

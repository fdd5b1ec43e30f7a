import type { Handle } from "../../core/edit/drag";
import type { SceneRegion } from "../../core/picture/scene";
import type { Frame } from "./frame";

/** What of which partition an event is about. */
export interface Grabbed {
  readonly row: number;
  readonly handle: Handle;
  readonly region: SceneRegion;
}

/** A handle, or the block itself; nothing where the event is about a button, or about no partition. */
export function grabbedBy({ scene }: Frame, { target }: Event): Grabbed | undefined {
  if (!(target instanceof Element) || target.closest("vscode-button")) return undefined;
  const item = target.closest<HTMLElement>("[data-row]");
  const row = Number(item?.dataset.row ?? Number.NaN);
  const region = scene.regions.find((other) => other.row === row);
  const handle = (item?.dataset.handle ?? "body") as Handle;
  return region && { row, handle, region };
}

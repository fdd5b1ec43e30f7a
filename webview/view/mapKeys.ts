import type { SceneRegion } from "../../core/picture/scene";
import { mapKey, type RegionAction, regionKey } from "../keys";
import { rowsOf } from "../selectors";
import type { Frame } from "./frame";
import { grabbedBy } from "./grabbed";
import { keyDrag } from "./keyDrag";

/** Keys on the blocks, on their handles, and anywhere else on the map. */
export function mapKeys(frame: Frame, event: KeyboardEvent): void {
  const target = event.target as HTMLElement;
  const grabbed = target.dataset.handle ? grabbedBy(frame, event) : undefined;
  const isDone =
    (grabbed && keyDrag(frame.actions, event, grabbed)) ||
    (target.classList.contains("block") && onRegion(frame, event)) ||
    onMap(frame, event);
  if (!isDone) return;
  event.preventDefault();
  event.stopPropagation();
}

function onRegion(frame: Frame, event: KeyboardEvent): boolean {
  if (event.key === "Enter" || event.key === " ") return select(frame, event);
  const action = regionKey(event);
  if (!action || action.kind === "zoom") return false;
  const region = frame.selected ?? frame.scene.regions[0];
  // A key that is held must not take one partition after the other.
  const isOnce = action.kind === "delete" || action.kind === "reorder";
  if (region && !(event.repeat && isOnce)) run(frame, region, action);
  return true;
}

/** What the focus has done already, for those who press a button all the same. */
function select({ actions }: Frame, { target }: Event): boolean {
  const key = (target as Element).closest<HTMLElement>(".region")?.dataset.key;
  if (key !== undefined) actions.focus(key);
  return true;
}

function run(frame: Frame, region: SceneRegion, action: RegionAction): void {
  if (action.kind === "go") go(frame, region, action.to);
  else if (action.kind === "reorder") reorder(frame, region, action.by);
  else if (action.kind === "rename") rename();
  else if (region.row !== undefined)
    frame.actions.dispatch({ kind: "intent", intent: { kind: "delete", row: region.row } });
}

function go(
  { scene, actions }: Frame,
  region: SceneRegion,
  to: "previous" | "next" | "first" | "last",
): void {
  const { regions } = scene;
  const index = regions.findIndex(({ key }) => key === region.key);
  const at = { previous: index - 1, next: index + 1, first: 0, last: regions.length - 1 }[to];
  const next = regions[Math.min(Math.max(at, 0), regions.length - 1)];
  if (next) actions.focus(next.key);
}

function reorder({ state, actions }: Frame, { row }: SceneRegion, by: -1 | 1): void {
  const rows = rowsOf(state);
  const index = rows.findIndex((other) => other.row === row);
  if (row === undefined || !rows[index + by]) return;
  const before = rows[by < 0 ? index - 1 : index + 2]?.row ?? null;
  actions.dispatch({ kind: "intent", intent: { kind: "reorder", row, before } });
}

function rename(): void {
  const field = document.getElementById("name-field");
  if (!(field instanceof HTMLInputElement)) return;
  field.focus();
  field.select();
}

function onMap({ actions }: Frame, event: KeyboardEvent): boolean {
  const action = mapKey(event);
  if (action) actions.zoom({ in: 2, out: 0.5, whole: undefined }[action.to]);
  return action !== undefined;
}

import type { FromWebview } from "../../../protocol/webview";
import { initialState, reduce } from "../../../webview/reduce";
import { rowsOf } from "../../../webview/selectors";
import type { PageEvent, State } from "../../../webview/state";
import { otaTable, rowsOfText, snapshotOf } from "./host";

/** The page after some events, and all that it has sent. */
export function pageAfter(events: readonly PageEvent[], from: State = initialState) {
  let state = from;
  const messages: FromWebview[] = [];
  for (const event of events) {
    const step = reduce(state, event);
    state = step.state;
    messages.push(...step.messages);
  }
  return { state, messages };
}

export const rows = rowsOfText(otaTable);
export const snapshot: PageEvent = { kind: "snapshot", snapshot: snapshotOf(rows) };
export const opened = pageAfter([snapshot]).state;
export const APP0 = 2;
export const APP1 = 3;
export const VFS = 4;

export const grabEnd: PageEvent = { kind: "grab", row: APP0, handle: "end" };
export const drag = (to: number, step = 0x1000): PageEvent => ({ kind: "drag", to, step });
export const drop: PageEvent = { kind: "drop" };
export const remove = (row: number): PageEvent => ({ kind: "intent", intent: { kind: "delete", row } });
export const names = (state: State) => rowsOf(state).map(({ name }) => name);
export const answer = (state: State, version: number): PageEvent => ({
  kind: "snapshot",
  snapshot: snapshotOf(
    rowsOf(state).map((row) => ({ ...row, cells: [row.name] })),
    version,
  ),
});

import "./base.css";
import "./style.css";
import { html, render } from "lit-html";
import {
  type FromWebview,
  type LayoutSnapshot,
  protocolVersion,
  type ToWebviewMessage,
} from "../protocol/webview";
import { createFocus } from "./focus";
import { base64Of, copyPng, pngOf } from "./png";
import { initialState, reduce } from "./reduce";
import type { PageEvent, State } from "./state";
import type { Actions, Ui } from "./view/frame";
import { frameOf } from "./view/frameOf";
import { pageView } from "./view/page";
import { createViewport } from "./viewport";

/** What VS Code offers to the page. */
interface Host {
  postMessage(message: FromWebview): void;
  getState(): unknown;
  setState(state: Kept): void;
}
declare function acquireVsCodeApi(): Host;

/** What the page remembers while it is hidden; everything else comes from the text. */
interface Kept {
  readonly selected: string | null;
  readonly zoom: number;
  readonly margin: number;
}

const host = acquireVsCodeApi();
const root = document.getElementById("app") ?? document.body;
const kept = (host.getState() ?? {}) as Partial<Kept>;
let state: State = { ...initialState, selected: kept.selected ?? null };
let ui: Ui = {
  width: root.clientWidth,
  zoom: kept.zoom ?? 1,
  margin: kept.margin ?? 10,
  height: window.innerHeight,
};
let isScheduled = false;

const actions: Actions = {
  state: () => state,
  ui: () => ui,
  send: (message) => host.postMessage(message),
  dispatch(event: PageEvent) {
    const step = reduce(state, event);
    state = step.state;
    for (const message of step.messages) host.postMessage(message);
    schedule();
  },
  setUi(change) {
    const cell = ui.editing && fieldOf()?.closest<HTMLElement>("[grid-column]");
    ui = { ...ui, ...change };
    draw();
    // The keyboard goes into a field that opens, and stays in the grid when it closes.
    if (change.editing) fieldOf()?.select();
    else if (cell && !ui.editing) cell.focus();
  },
  focus(key) {
    actions.dispatch({ kind: "select", key });
    draw();
    focus.toSelected();
    document.activeElement?.scrollIntoView({ block: "nearest" });
  },
  scrollTo: (address) => viewport.show(address),
  zoom: (factor) => viewport.zoom(factor),
  zoomTo: (region) => viewport.zoomTo(region),
};
const viewport = createViewport(actions);
const focus = createFocus(root, () => state.selected);
const fieldOf = () => document.querySelector<HTMLInputElement>(".grid .field");

/** Many events between two pictures are drawn once. */
function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  isScheduled = false;
  const frame = frameOf(state, ui, actions);
  focus.around(() => render(frame ? pageView(frame) : html`<p class="loading">Reading the table…</p>`, root));
  viewport.drawn(frame?.scale);
  host.setState({ selected: state.selected, zoom: ui.zoom, margin: ui.margin });
}

/** Whatever somebody does, they do to the picture of what is known now. */
for (const name of ["keydown", "pointerdown", "click", "change"])
  window.addEventListener(name, () => isScheduled && draw(), { capture: true });

const receive: { readonly [M in ToWebviewMessage as M["name"]]: (params: M["params"]) => void } = {
  snapshot(snapshot) {
    if (!isFieldKept(snapshot)) ui = { ...ui, editing: undefined };
    actions.dispatch({ kind: "snapshot", snapshot });
  },
  select: ({ row }) => actions.dispatch({ kind: "cursor", row }),
  refused: ({ message }) => actions.dispatch({ kind: "refused", message }),
  async picture({ svg, to }) {
    try {
      const png = await pngOf(svg);
      if (to === "file") return actions.send({ name: "savePng", params: { data: await base64Of(png) } });
      await copyPng(png);
      actions.send({ name: "pictureCopied", params: {} });
    } catch (error) {
      actions.send({ name: "pictureFailed", params: { message: textOf(error) } });
    }
  },
};

/** The open field of the grid stays open as long as its row is the same; what was typed goes nowhere else. */
function isFieldKept({ rows }: LayoutSnapshot): boolean {
  const row = ui.editing?.row ?? -1;
  const before = state.snapshot?.rows;
  return before?.length === rows.length && before[row]?.cells.join() === rows[row]?.cells.join();
}

const textOf = (error: unknown): string =>
  String(error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : error)
    .trim()
    .slice(0, 4000);

const failed = (error: unknown): void => actions.send({ name: "failed", params: { message: textOf(error) } });

window.addEventListener("message", ({ data }: MessageEvent<ToWebviewMessage>) => {
  const { name, params } = data;
  Promise.resolve(receive[name]?.(params as never)).catch(failed);
});
window.addEventListener("error", ({ error, message }) => failed(error ?? message));
window.addEventListener("unhandledrejection", ({ reason }) => failed(reason));

draw();
actions.send({ name: "ready", params: { protocol: protocolVersion } });

import "../base.css";
import "./style.css";
import { html, render } from "lit-html";
import { type FromSimulation, simulationProtocol, type ToSimulationMessage } from "../../protocol/simulation";
import { initialState, reduce } from "./reduce";
import { bandsOfState, startOf } from "./selectors";
import { type Kept, keptOf, type PageEvent, type State } from "./state";
import type { Actions, Frame, Ui } from "./view/frame";
import { pageView } from "./view/page";

/** What VS Code offers to the page. */
interface Host {
  postMessage(message: FromSimulation): void;
  getState(): unknown;
  setState(state: Kept & Pick<Ui, "zoom">): void;
}
declare function acquireVsCodeApi(): Host;

const host = acquireVsCodeApi();
const root = document.getElementById("app") ?? document.body;
const { zoom = "middle", ...kept } = (host.getState() ?? {}) as Partial<Kept & Ui>;
let state: State = { ...initialState, ...kept };
let ui: Ui = { width: root.clientWidth, zoom };
let isScheduled = false;

const actions: Actions = {
  send: (message) => host.postMessage(message),
  dispatch(event: PageEvent) {
    const step = reduce(state, event);
    state = step.state;
    for (const message of step.messages) host.postMessage(message);
    schedule();
  },
  setUi(change) {
    ui = { ...ui, ...change };
    schedule();
  },
  focusMark(index) {
    actions.dispatch({ kind: "pick", index });
    draw();
    const mark = root.querySelector<HTMLElement>(`[data-index="${index}"]`);
    mark?.focus({ preventScroll: true });
    mark?.scrollIntoView({ block: "nearest" });
  },
};

/** Many events between two pictures are drawn once. */
function schedule(): void {
  if (isScheduled) return;
  isScheduled = true;
  requestAnimationFrame(draw);
}

function draw(): void {
  isScheduled = false;
  const frame = frameOf();
  render(frame ? pageView(frame) : html`<p class="loading">Reading the migration…</p>`, root);
  host.setState({ ...keptOf(state), zoom: ui.zoom });
}

function frameOf(): Frame | undefined {
  const { snapshot } = state;
  return snapshot && { state, snapshot, start: startOf(state), bands: bandsOfState(state), ui, actions };
}

const receive: {
  readonly [M in ToSimulationMessage as M["name"]]: (params: M["params"]) => void;
} = {
  snapshot: (snapshot) => actions.dispatch({ kind: "snapshot", snapshot }),
  replay: (answer) => actions.dispatch({ kind: "replay", answer }),
};

const failed = (error: unknown): void => {
  const text = error instanceof Error ? `${error.message}\n${error.stack ?? ""}` : String(error);
  actions.send({ name: "failed", params: { message: text.trim().slice(0, 4000) } });
};

window.addEventListener("message", ({ data }: MessageEvent<ToSimulationMessage>) => {
  try {
    receive[data.name]?.(data.params as never);
  } catch (error) {
    failed(error);
  }
});
window.addEventListener("error", ({ error, message }) => failed(error ?? message));
window.addEventListener("unhandledrejection", ({ reason }) => failed(reason));
new ResizeObserver(() => actions.setUi({ width: root.clientWidth })).observe(root);

draw();
actions.send({ name: "ready", params: { protocol: simulationProtocol } });

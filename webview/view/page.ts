import { html, nothing, type TemplateResult } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { changesView } from "./changes";
import type { Frame } from "./frame";
import { headerView } from "./header";
import { inspectorView } from "./inspector";
import { mapView } from "./map";
import { rowsView } from "./rows";
import { stripView } from "./strip";

/** The whole page. */
export const pageView = (frame: Frame): TemplateResult => html`
  <main class="page ${frame.state.gesture ? "busy" : ""}">
    ${headerView(frame)}
    ${
      frame.snapshot.unreadable === undefined
        ? html`${stripView(frame)}
            <div class="body">${mapView(frame)} ${inspectorView(frame)}</div>
            ${changesView(frame)} ${guard(rowsDependOn(frame), () => rowsView(frame))}`
        : html`<p class="notice">${frame.snapshot.unreadable}</p>`
    }
    <p class="unseen" role="status" aria-live="polite">${frame.state.announcement || nothing}</p>
  </main>
`;

/** A drag changes nothing in the rows before it is let go. */
const rowsDependOn = ({ snapshot, selected, ui, scene, state }: Frame): unknown[] => [
  snapshot,
  selected?.row,
  ui.editing,
  state.gesture ? undefined : scene,
];

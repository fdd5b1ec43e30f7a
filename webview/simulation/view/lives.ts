import { html, nothing, type TemplateResult } from "lit-html";
import type { CaseReplay, ReplayedLife } from "../../../core/sim/report";
import { countText } from "../words";

/** What the device prints, from start to start. Those from the cut on are open: before it nothing was special. */
export function livesView({ lives }: CaseReplay): TemplateResult {
  const cut = lives.findIndex(({ end }) => end === "cut");
  return html`<h3>What the device prints</h3>
    ${lives.map((life, index) => lifeView(life, index >= cut))}`;
}

const ends: Readonly<Record<ReplayedLife["end"], string>> = {
  restart: "restarts itself",
  cut: "loses power",
  idle: "runs on",
  waiting: "waits",
  "no-boot": "nothing starts",
  "unknown-app": "runs what nobody knows",
  limit: "goes on and on like this",
};

const apps = {
  firmware: "firmware",
  repartitioner: "repartitioner",
  micropython: "MicroPython",
  bootloader: "bootloader",
};

const lifeTitle = ({ number, app, from, end }: ReplayedLife): string =>
  `Start ${number + 1}: ${app ? apps[app] : "no app"}${from === undefined ? "" : ` from ${from}`}, ${ends[end]}`;

const lifeView = (life: ReplayedLife, isOpen: boolean): TemplateResult =>
  html`<details class="life" ?open=${isOpen}>
    <summary>${lifeTitle(life)}</summary>
    <pre tabindex="0" aria-label="Log of start ${life.number + 1}">${life.log.join("\n")}</pre>
    ${life.leftOut > 0 ? html`<p class="hint">${countText(life.leftOut)} lines of the middle are left out.</p>` : nothing}
  </details>`;

import { html, nothing, type TemplateResult } from "lit-html";
import type { Procedure, Schedule } from "../../../core/sim/report";
import type { SimulationWish } from "../../../protocol/simulation";
import { MAX_SEED } from "../../../protocol/simulation";
import { button } from "../../toolkit/controls";
import { countText, procedureName, scheduleName } from "../words";
import type { Frame } from "./frame";

/** What is simulated, for how many devices, and how far it is. */
export const headView = (frame: Frame): TemplateResult => html`
  <header class="head">
    <h1>Simulated Migration</h1>
    <p class="device">${frame.snapshot.title}</p>
    <div class="tools">${runButton(frame)} ${planButton(frame)}</div>
  </header>
  <div class="controls" role="group" aria-label="What is simulated">
    ${procedureField(frame)} ${scheduleField(frame)} ${seedField(frame)} ${startField(frame)}
    ${devicesField(frame)} ${rateField(frame)}
  </div>
  ${progress(frame)} ${refusal(frame)}
`;

const wish = ({ actions, snapshot }: Frame, change: Partial<SimulationWish>): void =>
  actions.send({ name: "simulate", params: { wish: { ...snapshot.wish, ...change } } });

const runButton = (frame: Frame): TemplateResult =>
  frame.snapshot.state === "running"
    ? button({
        label: "Cancel",
        isMain: true,
        onClick: () => frame.actions.send({ name: "cancel", params: {} }),
      })
    : button({ label: "Simulate Again", onClick: () => wish(frame, {}) });

const planButton = ({ actions }: Frame): TemplateResult =>
  button({ label: "Show Migration Plan", onClick: () => actions.send({ name: "showPlan", params: {} }) });

interface ChoiceOptions {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly (readonly [value: string, name: string])[];
  readonly onChoose: (value: string) => void;
}

const choice = ({ label, value, choices, onChoose }: ChoiceOptions): TemplateResult =>
  html`<label>
    ${label}
    <select @change=${({ currentTarget }: Event) => onChoose((currentTarget as HTMLSelectElement).value)}>
      ${choices.map(([id, name]) => html`<option value=${id} ?selected=${id === value}>${name}</option>`)}
    </select>
  </label>`;

const procedureField = (frame: Frame): TemplateResult =>
  choice({
    label: "Procedure",
    value: frame.snapshot.wish.procedure,
    choices: Object.entries(procedureName),
    onChoose: (value) => wish(frame, { procedure: value as Procedure }),
  });

const scheduleField = (frame: Frame): TemplateResult =>
  choice({
    label: "What goes wrong",
    value: frame.snapshot.wish.schedule,
    choices: Object.entries(scheduleName),
    onChoose: (value) => wish(frame, { schedule: value as Schedule["kind"] }),
  });

interface NumberOptions {
  readonly label: string;
  readonly value: number;
  readonly least: number;
  readonly most: number;
  readonly step: number | "any";
  readonly onEnter: (value: number) => void;
}

/** What is no number, or out of its range, is put back. */
const numberField = ({ label, value, least, most, step, onEnter }: NumberOptions): TemplateResult =>
  html`<label>
    ${label}
    <input
      type="number"
      min=${least}
      max=${most}
      step=${step}
      .value=${String(value)}
      @change=${({ currentTarget }: Event) => {
        const input = currentTarget as HTMLInputElement;
        if (input.value !== "" && input.checkValidity()) onEnter(input.valueAsNumber);
        else input.value = String(value);
      }}
    />
  </label>`;

const seedField = (frame: Frame): TemplateResult | typeof nothing =>
  frame.snapshot.wish.schedule === "random"
    ? numberField({
        label: "Seed",
        value: frame.snapshot.wish.seed,
        least: 0,
        most: MAX_SEED,
        step: 1,
        onEnter: (seed) => wish(frame, { seed }),
      })
    : nothing;

function startField({ snapshot, start, actions }: Frame): TemplateResult | typeof nothing {
  const starts = snapshot.found?.report.starts ?? [];
  if (!start || starts.length < 2) return nothing;
  return choice({
    label: "Device runs from",
    value: start.start,
    choices: starts.map((one) => [one.start, one.start]),
    onChoose: (value) => actions.dispatch({ kind: "start", start: value }),
  });
}

const devicesField = ({ state, actions }: Frame): TemplateResult =>
  numberField({
    label: "Devices",
    value: state.fleet.devices,
    least: 1,
    most: 1e9,
    step: 1,
    onEnter: (devices) => actions.dispatch({ kind: "fleet", fleet: { devices } }),
  });

const rateField = ({ state, actions }: Frame): TemplateResult =>
  numberField({
    label: "Power cuts a day",
    value: state.fleet.cutRate,
    least: 0,
    most: 1e4,
    step: "any",
    onEnter: (cutRate) => actions.dispatch({ kind: "fleet", fleet: { cutRate } }),
  });

function progress({ snapshot }: Frame): TemplateResult | typeof nothing {
  const { state, found } = snapshot;
  const coverage = snapshot.isOld ? undefined : found?.report.coverage;
  const words = coverage
    ? `${countText(coverage.tried)} of ${countText(coverage.planned)} cases`
    : "Reading…";
  if (state === "cancelled") return html`<p class="notice">Cancelled after ${words}.</p>`;
  if (state !== "running") return nothing;
  const share = coverage && coverage.planned > 0 ? coverage.tried / coverage.planned : undefined;
  return html`<p class="progress">
    <progress aria-label="Simulated" max="1" value=${share ?? nothing}></progress>
    <span>${words}</span>
  </p>`;
}

const refusal = ({ snapshot, actions }: Frame): TemplateResult | typeof nothing =>
  snapshot.refusal === undefined
    ? nothing
    : html`<div class="notice" role="alert">
        <p>${snapshot.refusal}</p>
        <div class="tools">
          ${button({ label: "Open crossflash.json", onClick: () => actions.send({ name: "showManifest", params: {} }) })}
        </div>
      </div>`;

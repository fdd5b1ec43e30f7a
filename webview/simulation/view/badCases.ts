import { html, nothing, type TemplateResult } from "lit-html";
import type { BadCase, CaseVerdict, SimulationReport } from "../../../core/sim/report";
import { countText } from "../words";
import type { Frame } from "./frame";
import { verdictView } from "./verdictSign";

/** More is read by nobody, and the command line lists them all. */
const MOST_CASES = 100;

/** Every case that somebody has to look at, the worst first. */
export function badCasesView(
  frame: Frame,
  { badCases: cases }: SimulationReport,
): TemplateResult | typeof nothing {
  if (cases.length === 0) return nothing;
  const left = cases.length - MOST_CASES;
  return html`<section aria-labelledby="bad-title">
    <h2 id="bad-title">Cases that end badly</h2>
    <ul class="bad-cases">
      ${cases.slice(0, MOST_CASES).map((one) => badCase(frame, one))}
    </ul>
    ${left > 0 ? html`<p class="hint">and ${countText(left)} more: the command line lists them all.</p>` : nothing}
  </section>`;
}

const badCase = ({ state, actions }: Frame, { id, verdict, words, isDeclared }: BadCase): TemplateResult =>
  html`<li>
    <button
      type="button"
      class="cut"
      aria-pressed=${id === state.selected}
      @click=${() => actions.dispatch({ kind: "select", id })}
    >
      ${verdictView(verdict)} <span>${words}</span>
      ${hasToBeDeclared(verdict) ? html`<span class="chip">${isDeclared ? "declared by the plan" : "not declared"}</span>` : nothing}
    </button>
  </li>`;

const hasToBeDeclared = (verdict: CaseVerdict): boolean => verdict === "bricked" || verdict === "stuck";

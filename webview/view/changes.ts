import { html, nothing, type TemplateResult } from "lit-html";
import type { Change } from "../../core/migrate/diff";
import type { SceneRegion } from "../../core/picture/scene";
import { sizeText } from "../../core/text/units";
import type { Frame } from "./frame";

/** What becomes of a partition of the target table. */
export const changeOf = ({ comparison }: Frame, { row }: SceneRegion): Change | undefined =>
  row === undefined ? undefined : comparison?.diff.changes.find(({ after }) => after === row);

const signs: Readonly<Record<Change["kind"], string>> = {
  kept: "=",
  grown: "↑",
  shrunk: "↓",
  moved: "→",
  new: "+",
  erased: "×",
};

/** Before and after in words. */
export function changesView({ comparison, snapshot }: Frame): TemplateResult | typeof nothing {
  if (snapshot.source?.fault !== undefined)
    return html`<section class="changes"><h2>Before and after</h2><p>${snapshot.source.fault}</p></section>`;
  if (!snapshot.source) return nothing;
  if (!comparison)
    return html`<section class="changes"><h2>Before and after</h2>
      <p>What becomes of each partition is said as soon as every row has its place.</p></section>`;
  const { changes, bytesKept, bytesLost } = comparison.diff;
  return html`<section class="changes" aria-labelledby="changes-title">
    <h2 id="changes-title">Before and after</h2>
    <p>${sizeText(bytesKept)} kept, ${sizeText(bytesLost)} lost.</p>
    <ul>
      ${changes.map(
        ({ kind, words }) =>
          html`<li><span class="sign ${kind}" aria-hidden="true">${signs[kind]}</span> ${words}</li>`,
      )}
    </ul>
  </section>`;
}

import { html, nothing, type TemplateResult } from "lit-html";
import type { SnapshotProblem } from "../../protocol/webview";
import { button } from "../toolkit/controls";
import type { Frame } from "./frame";

/** The button that mends a problem; nothing where there is no such fix, or nothing may be changed. */
export function fixButton(
  { snapshot, actions }: Frame,
  problem: SnapshotProblem,
  fix: number,
  isMain: boolean,
): TemplateResult | typeof nothing {
  const title = problem.fixes[fix];
  if (title === undefined || snapshot.locked !== undefined) return nothing;
  const params = { baseVersion: snapshot.version, problem: snapshot.problems.indexOf(problem), fix, title };
  return html`${button({
    label: title,
    title,
    isMain,
    onClick: () => actions.send({ name: "applyFix", params }),
  })}`;
}

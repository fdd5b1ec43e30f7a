import { html, type TemplateResult } from "lit-html";
import type { CaseVerdict } from "../../../core/sim/report";
import { verdictName } from "../words";

/** The class that gives a verdict its colour and its shape; without a verdict nothing was tried. */
export const verdictClass = (verdict: CaseVerdict | undefined): string =>
  verdict === undefined ? "untried" : verdict;

/** The shape of a verdict as the marks have it, for the eye only: beside it stands its name. */
export const verdictSign = (verdict: CaseVerdict | undefined): TemplateResult =>
  html`<span class="sign mark ${verdictClass(verdict)}" aria-hidden="true"></span>`;

/** Shape and name. */
export const verdictView = (verdict: CaseVerdict | undefined): TemplateResult =>
  html`<span class="verdict">${verdictSign(verdict)} ${verdict === undefined ? "Not tried" : verdictName[verdict]}</span>`;

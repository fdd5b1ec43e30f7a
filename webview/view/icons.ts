import { html, type SVGTemplateResult, svg, type TemplateResult } from "lit-html";
import type { Severity } from "../../core/rules/rule";

const icon = (className: string, shape: SVGTemplateResult): TemplateResult =>
  html`<svg class="icon ${className}" viewBox="0 0 16 16" width="16" height="16" aria-hidden="true">${shape}</svg>`;

/** Each severity has a shape of its own, so that colour is never the only sign. */
export const severityIcon: Readonly<Record<Severity, TemplateResult>> = {
  error: icon("error", svg`<circle cx="8" cy="8" r="6.5" /><path d="M5.5 5.5l5 5m0-5l-5 5" />`),
  warning: icon("warning", svg`<path d="M8 1.8l6.6 12.4H1.4z" /><path d="M8 6v4m0 1.6v1" />`),
  information: icon("information", svg`<circle cx="8" cy="8" r="6.5" /><path d="M8 7v5m0-8v1.2" />`),
};

export const severityWord: Readonly<Record<Severity, string>> = {
  error: "Error",
  warning: "Warning",
  information: "Note",
};

/** The slot whose app is running: a triangle, as on every machine that plays something. */
export const runningIcon = icon("running", svg`<path d="M4.5 2.5l8 5.5-8 5.5z" />`);

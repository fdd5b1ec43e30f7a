/**
 * The style sheet of the page. It stands in markup as it is, so it needs no character that markup would write otherwise:
 * no quotes, no angle brackets, and no ends of lines. The paper is white as that of the picture, and every mark is said in words, too.
 */
export const REPORT_STYLE = [
  ":root { color-scheme: light }",
  "body { margin: 0; background: #fff; color: #1f2328; font: 15px/1.5 system-ui, sans-serif }",
  "main { max-width: 920px; margin: 0 auto; padding: 24px }",
  "h1, h2, h3 { line-height: 1.25 }",
  "h2 { margin-top: 2.5em; border-bottom: 1px solid #d0d7de; padding-bottom: 4px }",
  "h3 { margin: 2em 0 .5em }",
  "figure { margin: 0; overflow-x: auto }",
  "figure svg { max-width: 100%; height: auto }",
  ".wide { overflow-x: auto }",
  "table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums }",
  "th, td { border-bottom: 1px solid #d0d7de; padding: 4px 8px; text-align: left; vertical-align: top }",
  ".number { text-align: right; white-space: nowrap }",
  "dl { display: grid; grid-template-columns: fit-content(40%) 1fr; gap: 4px 16px; margin: 8px 0 }",
  "dt { grid-column: 1; font-weight: 600 }",
  "dd { grid-column: 2; margin: 0; overflow-wrap: anywhere }",
  "td:last-child, code { overflow-wrap: anywhere }",
  "code { font: 600 15px/1.5 ui-monospace, monospace; color: inherit; background: none; padding: 0 }",
  ".mark { border-left: 4px solid; padding: 4px 12px; background: #f6f8fa }",
  ".mark strong { letter-spacing: .04em }",
  ".supported, .passed { border-color: #1a7f37 }",
  ".risky, .warning, .no-return { border-color: #9a6700; background: #fff8c5 }",
  ".refused, .error, .hazard, .failed { border-color: #cf222e; background: #ffebe9 }",
  ".unknown { border-color: #8250df; background: #fbefff }",
  "@media print { h2, h3, dt, .mark { break-after: avoid } tr, dl { break-inside: avoid } main { max-width: none } }",
].join(" ");

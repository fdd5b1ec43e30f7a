/** What the page is made of; all texts go through `escaped`. */
export interface PageParts {
  readonly title: string;
  /** Fresh for each page: only the script that carries it runs. */
  readonly nonce: string;
  /** The origin from which the webview may load. */
  readonly cspSource: string;
  /** Addresses of the bundled files. The page draws with the first script; the controls of the toolkit follow. */
  readonly scripts: readonly string[];
  readonly style: string;
}

/**
 * The frame of the page. Nothing is loaded but the bundled files, and nothing inline runs or styles; images are
 * the ones that the page draws itself for PNG.
 */
export const pageHtml = ({ title, nonce, cspSource, scripts, style }: PageParts): string => `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="UTF-8">
<meta http-equiv="Content-Security-Policy" content="${escaped(policy(nonce, cspSource))}">
<meta property="csp-nonce" content="${escaped(nonce)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escaped(title)}</title>
<link rel="stylesheet" href="${escaped(style)}">
</head>
<body>
<div id="app"></div>
${scripts.map((script) => `<script nonce="${escaped(nonce)}" src="${escaped(script)}"></script>`).join("\n")}
</body>
</html>
`;

const policy = (nonce: string, cspSource: string): string =>
  [
    "default-src 'none'",
    `script-src 'nonce-${nonce}'`,
    // The toolkit tries with an empty style of its own whether the browser tells focus by keyboard from focus by mouse.
    `style-src ${cspSource} 'nonce-${nonce}'`,
    "img-src blob: data:",
    "font-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");

/** A name is text wherever it stands, in an attribute as well. */
export const escaped = (text: string): string =>
  text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

/** 128 bits of chance. */
export const freshNonce = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(
    "",
  );

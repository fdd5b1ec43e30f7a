import { describe, expect, test } from "vitest";
import { freshNonce, pageHtml } from "../../client/editor/page";

const parts = {
  title: "Flash layout of partitions.csv",
  nonce: "0123abcd",
  cspSource: "https://*.vscode-cdn.net",
  scripts: ["https://file.vscode-cdn.net/main.js", "https://file.vscode-cdn.net/toolkit.js"],
  style: "https://file.vscode-cdn.net/main.css",
};

/** The directives of the policy by their names, as a browser reads them out of the attribute. */
function policyOf(html: string): Readonly<Record<string, string>> {
  const content = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
  const text = content.replace(/&#(\d+);/g, (_, code) => String.fromCharCode(Number(code)));
  return Object.fromEntries(
    text
      .split("; ")
      .map((directive) => [directive.split(" ")[0] ?? "", directive.split(" ").slice(1).join(" ")]),
  );
}

describe("the frame of the page", () => {
  test("lets nothing run or style but the bundled files", () => {
    const html = pageHtml(parts);
    expect(policyOf(html)).toEqual({
      "default-src": "'none'",
      "script-src": "'nonce-0123abcd'",
      "style-src": `${parts.cspSource} 'nonce-0123abcd'`,
      "img-src": "blob: data:",
      "font-src": "'none'",
      "base-uri": "'none'",
      "form-action": "'none'",
    });
    expect(html.match(/<script[^>]*>/g)).toEqual(
      parts.scripts.map((src) => `<script nonce="0123abcd" src="${src}">`),
    );
    expect(html).not.toMatch(/<style|style=|\son\w+=|<script[^>]*>[^<]/);
  });

  test("has a language, a title and a place for the page", () => {
    const html = pageHtml(parts);
    expect(html).toContain('<html lang="en">');
    expect(html).toContain(`<title>${parts.title}</title>`);
    expect(html).toContain('<div id="app">');
  });

  test("takes no name for markup", () => {
    const html = pageHtml({ ...parts, title: `</title><script>alert("1' & 2")</script>.csv` });
    expect(html.match(/<script/g)).toHaveLength(2);
    expect(html.match(/<\/title>/g)).toHaveLength(1);
    expect(html).toContain("&#60;script&#62;alert(&#34;1&#39; &#38; 2&#34;)");
  });
});

test("each page has a nonce of its own", () => {
  const nonces = Array.from({ length: 100 }, freshNonce);
  expect(new Set(nonces).size).toBe(100);
  for (const nonce of nonces) expect(nonce).toMatch(/^[0-9a-f]{32}$/);
});

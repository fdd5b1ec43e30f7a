const name = String.raw`[A-Za-z_:][\w:.-]*`;
const attribute = String.raw`\s+${name}="[^<&"]*(?:&#\d+;[^<&"]*)*"`;
const token = new RegExp(
  String.raw`<(${name})((?:${attribute})*)\s*(/?)>|</(${name})>|(?=[^<])([^<&]*(?:&#\d+;[^<&]*)*)`,
  "uy",
);
/** What XML 1.0 allows as a character; a lone half of a pair is none. */
const allowed = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

interface Xml {
  readonly elements: readonly string[];
  readonly texts: readonly string[];
}

/** Elements and texts of XML that uses neither declarations nor comments; fails for what no parser would take. */
export function checkWellFormed(xml: string): Xml {
  if (!allowed.test(xml)) throw new Error("Not every character may stand in XML.");
  const elements: string[] = [];
  const texts: string[] = [];
  const open: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < xml.length) {
    const at = token.lastIndex;
    const refuse = (why: string): never => {
      throw new Error(`${why}: ${xml.slice(at, at + 80)}`);
    };
    if (at > 0 && open.length === 0) refuse("A second root");
    const match = token.exec(xml);
    const [all, begins, attributes = "", isEmpty, ends, text] = match ?? refuse("No markup");
    if (all === "") refuse("A reference that is none");
    if (begins !== undefined) {
      const names = attributes.match(/[\w:.-]+(?==")/g) ?? [];
      if (new Set(names).size < names.length) refuse("An attribute that is given twice");
      elements.push(begins);
      if (isEmpty === "") open.push(begins);
    } else if (ends !== undefined) {
      if (open.pop() !== ends) refuse("An end without a beginning");
    } else if (text !== undefined) {
      if (text.includes("]]>")) refuse("The end of a section that never began");
      texts.push(text.replace(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code))));
    }
  }
  if (open.length > 0) throw new Error(`No end of ${open.join(", ")}.`);
  return { elements, texts };
}

/** Well-formed XML. Only this file makes it, so that no text from outside is ever taken for markup. */
export type Markup = string & { readonly isMarkup: true };

type Attributes = Readonly<Record<string, string | number>>;

/** An element. Coordinates are rounded to hundredths of a pixel. */
export const element = (name: string, attributes: Attributes, children: readonly Markup[] = []): Markup => {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${attribute(value)}"`);
  const head = `<${name}${written.join("")}`;
  return (children.length === 0 ? `${head}/>` : `${head}>${children.join("")}</${name}>`) as Markup;
};

/** Characters, whatever they are. */
export const characters = (text: string): Markup => escaped(text) as Markup;

const attribute = (value: string | number): string =>
  typeof value === "number" ? String(Math.round(value * 100) / 100) : escaped(value);

const escaped = (text: string): string =>
  text.replace(unwritable, "\ufffd").replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/**
 * What XML 1.0 forbids (control characters, lone surrogates, U+FFFE and U+FFFF), and the controls that would turn the
 * direction of the text behind a name.
 */
const unwritable = /[\p{Cc}\p{Cs}\ufffe\uffff\u202a-\u202e\u2066-\u2069]/gu;

/** Wraps a text in the codes of a terminal, or leaves it alone. */
export interface Palette {
  error(text: string): string;
  warning(text: string): string;
  information(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const style = (code: number) => (text: string) => `\u001b[${code}m${text}\u001b[0m`;
const plain = (text: string): string => text;

export const colourful: Palette = {
  error: style(31),
  warning: style(33),
  information: style(36),
  strong: style(1),
  faint: style(2),
};

export const colourless: Palette = {
  error: plain,
  warning: plain,
  information: plain,
  strong: plain,
  faint: plain,
};

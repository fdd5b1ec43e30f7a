/** Where what a board prints goes. */
export interface LineEars {
  line(text: string): void;
  /** MicroPython waits for something to be typed. */
  prompt(): void;
}

const PROMPT = ">>> ";
/** Characters; a board that never ends its line must not fill the memory. */
const LONGEST = 1000;

/** Takes text in pieces of any size. */
export function lineReader(ears: LineEars): (text: string) => void {
  let open = "";
  return (text) => {
    const [first = "", ...others] = text.split(/\r*\n/);
    const wasPrompt = open === PROMPT;
    open += first;
    for (const next of others) {
      ears.line(open.slice(0, LONGEST).replace(/\r+$/, ""));
      open = next;
    }
    open = open.slice(0, LONGEST);
    if (open === PROMPT && !(wasPrompt && others.length === 0)) ears.prompt();
  };
}

import { html, type TemplateResult } from "lit-html";
import type { Frame } from "./frame";

const formats = [
  ["svg", "SVG"],
  ["png", "PNG"],
  ["markdown", "Markdown Table"],
] as const;

/** The picture for tickets and reviews. */
export function pictureMenu({ actions }: Frame): TemplateResult {
  const entry = (format: (typeof formats)[number][0], to: "clipboard" | "file", label: string) =>
    html`<button
      @click=${(event: Event) => {
        close(event);
        actions.send({ name: "exportPicture", params: { format, to } });
      }}
    >
      ${label}
    </button>`;
  return html`<details class="menu" @keydown=${onKey} @focusout=${onLeave}>
    <summary>Picture</summary>
    <div>
      ${formats.map(([format, word]) => entry(format, "clipboard", `Copy as ${word}`))}
      ${formats.map(([format, word]) => entry(format, "file", `Save as ${word}…`))}
    </div>
  </details>`;
}

const menuOf = ({ currentTarget }: Event): HTMLDetailsElement | null =>
  (currentTarget as Element).closest("details");

function close(event: Event): void {
  const menu = menuOf(event);
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary")?.focus();
}

/** The arrows walk through the entries, Escape leaves. */
function onKey(event: KeyboardEvent): void {
  const entries = [...(menuOf(event)?.querySelectorAll("button") ?? [])];
  const at = entries.indexOf(event.target as HTMLButtonElement);
  const next = { ArrowDown: entries[at + 1] ?? entries[0], ArrowUp: entries.at(at - 1) }[event.key];
  if (event.key === "Escape") close(event);
  else if (!next || !menuOf(event)?.open) return;
  next?.focus();
  event.preventDefault();
}

function onLeave(event: FocusEvent): void {
  const menu = menuOf(event);
  if (menu && !menu.contains(event.relatedTarget as Node | null)) menu.open = false;
}

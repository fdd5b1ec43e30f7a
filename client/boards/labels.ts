import type { LabPort } from "./lab";

/** What to call what hangs on a port: the user's name for it, else its chip, else the port's own description. */
export const labelOf = ({ port, identity, name }: LabPort): string =>
  name ?? (port.kind === "virtual" ? VIRTUAL : (identity?.chip.name ?? port.description));

const VIRTUAL = "Virtual Board";

/** What tells it from the others: `COM3 · 24:6f:28:00:00:01`, with the chip where the label does not say it. */
export function detailOf(shown: LabPort): string {
  const { port, identity } = shown;
  if (!identity) return port.path;
  const { chip, mac } = identity;
  return `${port.path} · ${labelOf(shown) === chip.name ? mac : `${chip.name} ${mac}`}`;
}

/** In sentences: `Desk (ESP32 24:6f:28:00:00:01)`, `ESP32 24:6f:28:00:00:01`. */
export function calledIn(shown: LabPort): string {
  const { port, identity, name } = shown;
  if (!identity) return port.path;
  const { chip, mac } = identity;
  const board = `${chip.name} ${mac}`;
  if (name !== undefined) return `${name} (${board})`;
  return port.kind === "virtual" ? `${VIRTUAL} (${board})` : board;
}

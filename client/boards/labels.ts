import type { LabPort } from "./lab";

/** What to call what hangs on a port: the user's name for it, else its chip, else the port's own description. */
export const labelOf = ({ port, found, name }: LabPort): string =>
  name ?? (port.kind === "virtual" ? port.description : (found?.identity.chip.name ?? port.description));

/** What tells it from the others: chip, MAC and port. */
export const detailOf = (shown: LabPort): string => {
  const { port, found } = shown;
  const { chip, mac } = found?.identity ?? {};
  const isNamed = chip !== undefined && labelOf(shown) !== chip.name;
  return [isNamed ? chip.name : "", mac, port.path].filter(Boolean).join(" · ");
};

/** In sentences: `Desk (ESP32 24:6f:28:00:00:01)`, `ESP32 24:6f:28:00:00:01`. */
export function calledIn(shown: LabPort): string {
  const { port, found, name } = shown;
  if (!found) return port.path;
  const { chip, mac } = found.identity;
  const board = `${chip.name} ${mac}`;
  if (name !== undefined) return `${name} (${board})`;
  return port.kind === "virtual" ? `${port.description} (${board})` : board;
}

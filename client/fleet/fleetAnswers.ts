import { MOST_DEVICES } from "../../core/fleet/canary";

/** What follows from what somebody types about a fleet; undefined where the answer means nothing. */

/** Of devices; `none` where somebody does not want to say it. */
export function devicesOf(text: string): number | "none" | undefined {
  const given = text.trim();
  if (given === "") return "none";
  const count = /^\d{1,7}$/.test(given) ? Number(given) : 0;
  return count >= 1 && count <= MOST_DEVICES ? count : undefined;
}

export const devicesFault = (text: string): string | undefined =>
  devicesOf(text) === undefined
    ? `Type a number of devices from 1 to ${MOST_DEVICES}, or nothing.`
    : undefined;

/** Of cuts of the power, a day. */
export function rateOf(text: string): number | undefined {
  const given = text.trim().replace(",", ".");
  return /^\d{1,6}(\.\d{1,9})?$/.test(given) ? Number(given) : undefined;
}

export const rateFault = (text: string): string | undefined =>
  rateOf(text) === undefined ? "Type how often the power of a device fails, a day, such as 0.1." : undefined;

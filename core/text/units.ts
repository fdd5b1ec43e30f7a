const KIB = 1024;
const MIB = 1024 * 1024;

/** `0x` and lower-case digits, as Espressif prints addresses; a sign stays in front. */
export const hex = (value: number): string =>
  value < 0 ? `-0x${(-value).toString(16)}` : `0x${value.toString(16)}`;

/** The shortest exact form that the CSV understands: `4M`, `24K` or hex bytes (`PartitionDefinition.to_csv`). */
export function csvSize(bytes: number): string {
  if (bytes % MIB === 0) return `${bytes / MIB}M`;
  if (bytes % KIB === 0) return `${bytes / KIB}K`;
  return hex(bytes);
}

/** A size for people, rounded to three digits at the most: `1.5 MB`, `20 KB`, `1,464 bytes`. Powers of two, as Espressif counts. */
export function sizeText(bytes: number): string {
  const size = Math.abs(bytes);
  if (size >= MIB) return `${rounded(bytes / MIB)} MB`;
  if (size >= KIB) return `${rounded(bytes / KIB)} KB`;
  return `${bytes} ${size === 1 ? "byte" : "bytes"}`;
}

/** Never -0, which prints and compares otherwise than 0. */
export const alignUp = (value: number, to: number): number => Math.ceil(value / to) * to + 0;
export const alignDown = (value: number, to: number): number => Math.floor(value / to) * to;

/** A share for people: `95.2 %`, never rounded up to a full hundred. */
export function percentText(share: number): string {
  const percent = Math.round(share * 1000) / 10;
  return `${percent === 100 && share < 1 ? 99.9 : percent} %`;
}

const rounded = (value: number): string => String(Number(value.toPrecision(value < 1000 ? 3 : 4)));

/** `1 error`, `2 errors`. */
export const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

/** A round address below the strip. */
export interface Tick {
  readonly address: number;
  /** Pixels from the left. */
  readonly x: number;
  /** `0`, `512 KB`, `1.5 MB`: exact. */
  readonly label: string;
}

const KIB = 1024;
const MIB = 1024 * 1024;
/** What the longest label and the space beside it need, in pixels. */
const LABEL_WIDTH = 64;
const SMALLEST_STEP = 4 * KIB;
/** Below this the fractions of a MB get long: 2176 KB reads better than 2.125 MB. */
const SMALLEST_QUARTER = 256 * KIB;

/** Ticks from 0 to `end` bytes over `width` pixels, as many as fit without two of them being closer than `gap` pixels. */
export function ticksOf(end: number, width: number, gap = LABEL_WIDTH): Tick[] {
  if (!(end > 0 && width > 0)) return [];
  const perByte = width / end;
  let step = SMALLEST_STEP;
  while (step * perByte < Math.max(gap, 1)) step *= 2;
  return Array.from({ length: Math.floor(end / step) + 1 }, (_, i) => ({
    address: i * step,
    x: i * step * perByte,
    label: tickText(i * step, step),
  }));
}

function tickText(address: number, step: number): string {
  if (address === 0) return "0";
  return address < MIB || step < SMALLEST_QUARTER ? `${address / KIB} KB` : `${address / MIB} MB`;
}

import { percentText, sizeText } from "../../core/text/units";
import type { Progress } from "../flasher/board";

export interface MeterReading {
  /** `Writing app1: 1.2 MB of 1.4 MB, 84 KB/s, 3 s left`. */
  readonly text: string;
  /** 0 to 1. */
  readonly share: number;
}

const WINDOW = 4000;
/** A rate over less time says little. */
const SHORTEST = 500;

/** Tells bytes, rate and time left; `now` in milliseconds. The rate is that of the last seconds. */
export function progressMeter(): (progress: Progress, now: number) => MeterReading {
  const samples: { readonly at: number; readonly done: number }[] = [];
  return (progress, now) => {
    const { doneBytes: done, totalBytes: total } = progress;
    samples.push({ at: now, done });
    // One sample from the edge of the window stays, so that the window is always spanned.
    while ((samples[1]?.at ?? now) <= now - WINDOW) samples.shift();
    const first = samples[0] ?? { at: now, done };
    const rate = now - first.at < SHORTEST ? 0 : ((done - first.done) * 1000) / (now - first.at);
    const speed =
      rate > 0 ? [`${sizeText(Math.round(rate))}/s`, `${timeText((total - done) / rate)} left`] : [];
    return {
      text: [`${doingText(progress)}: ${sizeText(done)} of ${sizeText(total)}`, ...speed].join(", "),
      share: total > 0 ? Math.min(1, done / total) : 0,
    };
  };
}

const verbs = {
  compare: "Comparing",
  erase: "Erasing",
  write: "Writing",
  verify: "Verifying",
  read: "Reading",
} as const satisfies Record<Progress["phase"], string>;

const doingText = ({ phase, region }: Progress): string => [verbs[phase], region].filter(Boolean).join(" ");

/** `45 s`, `2 min`; never less than a second. */
function timeText(seconds: number): string {
  return seconds < 90 ? `${Math.max(1, Math.ceil(seconds))} s` : `${Math.round(seconds / 60)} min`;
}

/** `45 %`, for places that have room for nothing else. */
export const shareText = (share: number): string => percentText(Math.floor(share * 100) / 100);

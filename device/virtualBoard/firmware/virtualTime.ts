/** The time of a device in this process: it passes with what the device does, not with the clock on the wall. */
export interface VirtualTime {
  /** Milliseconds since the board was made. */
  now(): number;
  pass(milliseconds: number): void;
  /** Calls once, so many milliseconds later; gives what prevents it. */
  after(milliseconds: number, callback: () => void): () => void;
  /** A device that does nothing any more lets its time pass as fast as somebody wants to wait; it begins again with `pass`. */
  rest(): void;
}

interface Alarm {
  readonly at: number;
  readonly callback: () => void;
  timer: NodeJS.Timeout | undefined;
}

/**
 * `scale`: real milliseconds for each one of a device that rests; `least`: so many at least, because what somebody does to
 * such a device takes real time.
 */
export const virtualTime = (scale = 0.001, least = 2000): VirtualTime => {
  let now = 0;
  let isResting = false;
  const alarms = new Set<Alarm>();

  const ring = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    if (!alarms.delete(alarm)) return;
    now = Math.max(now, alarm.at);
    alarm.callback();
  };
  const wake = (alarm: Alarm): void => {
    clearTimeout(alarm.timer);
    alarm.timer = isResting
      ? setTimeout(() => ring(alarm), Math.max(least, (alarm.at - now) * scale))
      : undefined;
  };
  const setResting = (next: boolean): void => {
    if (next === isResting) return;
    isResting = next;
    for (const alarm of alarms) wake(alarm);
  };
  return {
    now: () => now,
    pass(milliseconds) {
      setResting(false);
      now += milliseconds;
      for (const alarm of [...alarms].toSorted((a, b) => a.at - b.at)) if (alarm.at <= now) ring(alarm);
    },
    after(milliseconds, callback) {
      const alarm: Alarm = { at: now + milliseconds, callback, timer: undefined };
      alarms.add(alarm);
      wake(alarm);
      return () => {
        clearTimeout(alarm.timer);
        alarms.delete(alarm);
      };
    },
    rest: () => setResting(true),
  };
};

/** Milliseconds of one call, as the median of many: what else the machine does shows in the mean, not here. */
export function timeOf(call: () => unknown, forMilliseconds = 600): number {
  const times: number[] = [];
  const end = performance.now() + forMilliseconds;
  do {
    const start = performance.now();
    call();
    times.push(performance.now() - start);
  } while (performance.now() < end);
  return median(times);
}

export const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** A fixed piece of work of about a millisecond on a machine of 2024. Times are printed as multiples of it too. */
export function calibrate(): number {
  let sink = 0;
  const unit = timeOf(() => {
    sink ^= multiplyAndAdd();
  }, 500);
  return sink === 1 ? Number.NaN : unit;
}

function multiplyAndAdd(): number {
  let state = 1;
  for (let step = 0; step < 700_000; step++) state = (Math.imul(state, 31) + step) | 0;
  return state;
}

/** The server answers nothing else for so long at most, but for a single piece of work; in milliseconds. */
const SLICE = 15;
/** Between two partial results: a whole report has a megabyte. */
const PAUSE = 700;

export interface Turns<P> {
  readonly isCancelled: () => boolean;
  /** Gets the latest progress now and then. */
  readonly tell: (progress: P) => void;
}

/** Does a long work in slices, between which other requests have their turn; undefined where it was cancelled. */
export async function inTurns<P, R>(
  work: Iterator<P, R, undefined>,
  { isCancelled, tell }: Turns<P>,
): Promise<R | undefined> {
  let told = performance.now();
  while (!isCancelled()) {
    const start = performance.now();
    let step = work.next();
    while (!step.done && performance.now() - start < SLICE) step = work.next();
    if (step.done) return step.value;
    if (performance.now() - told > PAUSE) {
      tell(step.value);
      told = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return undefined;
}

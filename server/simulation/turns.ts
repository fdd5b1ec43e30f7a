/** The server answers nothing else for so long at most, but for a single piece of work; in milliseconds. */
const SLICE = 15;
/** Between two partial results: a whole report has a megabyte. */
const PAUSE = 700;

export interface Turns<P> {
  readonly isCancelled: () => boolean;
  /** Gets the progress at once, and the latest one now and then. */
  readonly tell: (progress: P) => void;
  /** Milliseconds; a test has less patience. */
  readonly slice?: number;
  readonly pause?: number;
}

/** Does a long work in slices, between which other requests have their turn; undefined where it was cancelled. */
export async function inTurns<P, R>(
  work: Iterator<P, R, undefined>,
  { isCancelled, tell, slice = SLICE, pause = PAUSE }: Turns<P>,
): Promise<R | undefined> {
  let told = Number.NEGATIVE_INFINITY;
  while (!isCancelled()) {
    const start = performance.now();
    let step = work.next();
    while (!step.done && performance.now() - start < slice) step = work.next();
    if (step.done) return step.value;
    if (performance.now() - told >= pause) {
      tell(step.value);
      told = performance.now();
    }
    await new Promise((resolve) => setTimeout(resolve));
  }
  return undefined;
}

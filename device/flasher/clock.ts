/** What the flasher knows of time. Tests bring their own, so that nobody waits for an answer that does not come. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  pause(milliseconds: number): Promise<void>;
  /** Calls once, so many milliseconds later; gives what prevents it. */
  after(milliseconds: number, callback: () => void): () => void;
}

export const realClock: Clock = {
  now: () => performance.now(),
  pause: (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds)),
  after(milliseconds, callback) {
    const timer = setTimeout(callback, milliseconds);
    return () => clearTimeout(timer);
  },
};

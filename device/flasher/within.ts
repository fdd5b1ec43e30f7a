import { LinkError } from "./linkErrors";

/**
 * What the operating system does with a port may never end, for example where a driver hangs: then it is given up. The
 * promise itself is left behind, and nobody minds what becomes of it.
 */
export function within<T>(milliseconds: number, what: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const giveUp = () =>
      reject(new LinkError(`${what} took longer than ${Math.round(milliseconds / 1000)} s`));
    const timer = setTimeout(giveUp, milliseconds);
    const done = () => clearTimeout(timer);
    promise.then(resolve, reject).finally(done);
  });
}

/** Waits for it no longer than this, whatever comes of it. */
export const settled = async (milliseconds: number, promise: Promise<unknown> | undefined): Promise<void> => {
  if (promise) await within(milliseconds, "closing", promise).catch(() => undefined);
};

/** A value that is read again whenever something changed that it came from. */
export interface Fresh<T> {
  /** The first reading: what changed while it went on is in it. */
  readonly first: Promise<T>;
  /** To be told of every change. One reading at a time: what changes meanwhile is read once more at its end. */
  changed(): void;
}

/** Begins to read. After the first time, each value is told, and so is each error. */
export function keepFresh<T>(
  read: () => Promise<T>,
  tell: (value: T) => void,
  failed: (error: unknown) => void,
): Fresh<T> {
  let isReading = false;
  let isStale = false;

  async function settled(): Promise<T> {
    isStale = false;
    try {
      const value = await read();
      if (!isStale) return value;
    } catch (error) {
      if (!isStale) throw error;
    }
    return settled();
  }

  async function fresh(): Promise<T> {
    isReading = true;
    try {
      return await settled();
    } finally {
      isReading = false;
    }
  }

  return {
    first: fresh(),
    changed() {
      if (isReading) isStale = true;
      else void fresh().then(tell).catch(failed);
    },
  };
}

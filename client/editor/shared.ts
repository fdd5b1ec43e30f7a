/** The part that one user has in something that is open for all of them. */
export interface Share<T> {
  readonly opened: Promise<T>;
  /** Has no further use for it. */
  end(): void;
}

interface Disposable {
  dispose(): unknown;
}

/** Opens what the first user of a key wants, and closes it after the last. What could not be opened is tried anew by the next. */
export function shared<K, T extends Disposable>(open: (key: K) => Promise<T>): (key: K) => Share<T> {
  const entries = new Map<K, { readonly opened: Promise<T>; users: number }>();
  return (key) => {
    const entry = entries.get(key) ?? { opened: open(key), users: 0 };
    entries.set(key, entry);
    entry.users++;
    const forget = (): void => {
      if (entries.get(key) === entry) entries.delete(key);
    };
    // Whoever waits for it is told why.
    entry.opened.catch(forget);
    return {
      opened: entry.opened,
      end() {
        if (--entry.users > 0) return;
        forget();
        entry.opened.then((resource) => resource.dispose()).catch(() => {});
      },
    };
  };
}

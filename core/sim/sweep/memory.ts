import type { DeviceState } from "../device";
import { type Past, pastOf } from "../driver/past";
import type { Watcher } from "../driver/watcher";
import type { ContentStore } from "../flash/contents";
import { type StateMap, stateMap } from "./stateMap";

/**
 * What became of devices in the middle of a life. Two devices that were told the same since they started, and stand before
 * their next operation with the same flash, go on alike: most cuts in an update lead there as soon as its slot is erased.
 */
export interface Memory<T> {
  /** A life that is watched: it ends where what follows is known. */
  readonly watch: () => WatchedLife<T>;
}

export interface WatchedLife<T> {
  readonly watcher: Watcher;
  /** What becomes of it, where that was known before its end. */
  readonly found: () => T | undefined;
  readonly remember: (value: T) => void;
}

/** Looked up before the operations of these numbers in a life; more of them would cost more than they save. */
const LOOKED_UP: ReadonlySet<number> = new Set([1, 2, 4, 8, 16, 20, 24, 32]);
const LAST = 32;

/** Of what is none of the files a program learns from its SHA-256 just that; see `ContentStore.files`. */
const UNKNOWN = "";

export function memory<T>({ files }: Pick<ContentStore, "files">): Memory<T> {
  const digests = new Set(files.map(({ sha256 }) => sha256));
  const known = new Map<string, StateMap<T>>();
  const mapOf = (past: string): StateMap<T> => {
    const map = known.get(past) ?? stateMap<T>();
    known.set(past, map);
    return map;
  };
  return { watch: () => watchedLife(mapOf, (text) => files.length === 0 || digests.has(text)) };
}

function watchedLife<T>(
  mapOf: (past: string) => StateMap<T>,
  isDigest: (text: string) => boolean,
): WatchedLife<T> {
  const passed: { readonly map: StateMap<T>; readonly state: DeviceState }[] = [];
  let past: Past | undefined;
  let operations = 0;
  let found: T | undefined;
  const lookUp = (digest: string, state: DeviceState): void => {
    const map = mapOf(digest);
    found = map.get(state);
    if (found === undefined) passed.push({ map, state });
  };
  return {
    found: () => found,
    remember: (value) => {
      for (const { map, state } of passed) map.set(state, value);
    },
    watcher: {
      started: (app, offset) => {
        past = pastOf(`${app} ${offset}`);
      },
      told: (answer) => past?.tell(typeof answer === "string" && !isDigest(answer) ? UNKNOWN : answer),
      waits: () => {
        // How long it still waits depends on what happened before.
        past = undefined;
      },
      isKnown: (state) => {
        if (!past) return false;
        const number = operations++;
        if (LOOKED_UP.has(number)) lookUp(past.digest(), state());
        if (number >= LAST) past = undefined;
        return found !== undefined;
      },
    },
  };
}

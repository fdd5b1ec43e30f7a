import type { DeviceState } from "../device";
import { contentKey, sameContent } from "../flash/flash";
import { sameNetwork } from "../server";

/** Values by what a device is between two lives: with the same flash and the same server it goes on in the same way. */
export interface StateMap<T> {
  readonly get: (state: DeviceState) => T | undefined;
  readonly set: (state: DeviceState, value: T) => void;
}

export function stateMap<T>(): StateMap<T> {
  const byKey = new Map<number, { readonly state: DeviceState; readonly value: T }[]>();
  return {
    get: (state) =>
      byKey.get(contentKey(state.flash))?.find((known) => isSameState(known.state, state))?.value,
    set: (state, value) => {
      const key = contentKey(state.flash);
      const same = byKey.get(key);
      if (same) same.push({ state, value });
      else byKey.set(key, [{ state, value }]);
    },
  };
}

export const isSameState = (a: DeviceState, b: DeviceState): boolean =>
  sameContent(a.flash, b.flash) && sameNetwork(a.network, b.network);

import { deviceId } from "../../core/delivery/device";
import { afterEvent, type DeviceRecord } from "../../core/delivery/deviceRecord";
import type { DeliveryEvent } from "../../core/delivery/events";

/** All devices that a server has seen. */
export interface DeviceStore {
  hear(event: DeliveryEvent): DeviceRecord;
  /** In the order in which they were first seen. */
  devices(): readonly DeviceRecord[];
}

/** Remembers at most `limit` devices: any client can invent as many as it likes. */
export function deviceStore(limit: number): DeviceStore {
  const records = new Map<string, DeviceRecord>();

  /**
   * The firmware of before tells no MAC when it fetches the repartitioner; the repartitioner, which then asks from the
   * same address, does. Until the second one asks, the first is known by its address only.
   */
  function known(event: DeliveryEvent): DeviceRecord | undefined {
    const { mac, address } = event.device;
    const own = records.get(deviceId(event.device));
    if (own || mac === undefined) return own;
    const unnamed = records.get(address);
    if (!unnamed || Object.values(unnamed.fetches).some(({ isRunning }) => isRunning)) return undefined;
    records.delete(address);
    return unnamed;
  }

  /** The one that was silent for longest; whoever invents MACs at one address drives out only what came from there. */
  function forgetOne(address: string): void {
    const all = [...records.values()];
    const near = all.filter(({ device }) => device.address === address);
    const longest = longestSilent(near.length * 2 > all.length ? near : all);
    if (longest) records.delete(longest.id);
  }

  return {
    hear(event) {
      const before = known(event);
      if (!before && records.size >= limit) forgetOne(event.device.address);
      const after = afterEvent(before, event);
      records.set(after.id, after);
      return after;
    },
    devices: () => [...records.values()].toSorted((a, b) => a.firstSeen - b.firstSeen),
  };
}

function longestSilent(records: readonly DeviceRecord[]): DeviceRecord | undefined {
  let longest = records[0];
  for (const record of records) if (longest && record.lastSeen < longest.lastSeen) longest = record;
  return longest;
}

import type { DeliveryEvent } from "../../core/delivery/events";

/**
 * Passes on what the board with this MAC does at the server. The firmware of the field tells no MAC, so what comes without
 * one is taken for its own; any other MAC is told once.
 */
export function ownEvents(
  mac: string,
  hear: (event: DeliveryEvent) => void,
  tell: (text: string) => void,
): (event: DeliveryEvent) => void {
  const strangers = new Set<string>();
  return (event) => {
    const other = event.device.mac;
    if (other === undefined || other === mac.toLowerCase()) return hear(event);
    if (strangers.has(other)) return;
    strangers.add(other);
    tell(
      `Another device, ${other}, asks this server, which hands out its images to anybody. Take it off this network.`,
    );
  };
}

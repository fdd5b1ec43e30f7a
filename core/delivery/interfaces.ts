/** An address of this machine under which devices may reach it. */
export interface LocalAddress {
  /** Of the network interface: `eth0`, `Wi-Fi`. */
  readonly name: string;
  readonly address: string;
  readonly isInternal: boolean;
}

/** Networks of containers, virtual machines and tunnels: no device is in one. */
const VIRTUAL = /^(docker|br-|veth|virbr|vmnet|vboxnet|vEthernet|utun|tun|tap|wg|tailscale|zt|cni|flannel)/i;
const PRIVATE = /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.)/;

/** The addresses at which devices can be, the most likely first; this machine's own only where there is no other. */
export function reachableAddresses(all: readonly LocalAddress[]): readonly LocalAddress[] {
  const outer = all.filter(({ isInternal, address }) => !isInternal && !/^(169\.254\.|fe80:)/i.test(address));
  return (outer.length > 0 ? outer : all).toSorted((a, b) => rankOf(a) - rankOf(b));
}

const rankOf = ({ name, address }: LocalAddress): number =>
  (VIRTUAL.test(name) ? 4 : 0) + (address.includes(":") ? 2 : 0) + (PRIVATE.test(address) ? 0 : 1);

/** What somebody said of the address. */
export interface WantedAddress {
  readonly name?: string | undefined;
  readonly address?: string | undefined;
  /** The hosts that the manifest has the devices ask. */
  readonly planned: readonly string[];
}

/** The address that is meant, or those between which somebody has to choose; none where what was said does not exist. */
export function chooseAddress(
  all: readonly LocalAddress[],
  { name, address, planned }: WantedAddress,
): readonly LocalAddress[] {
  const said = all.filter(
    (one) => (name === undefined || one.name === name) && (address === undefined || one.address === address),
  );
  if (address !== undefined) return said.slice(0, 1);
  const candidates = reachableAddresses(said);
  if (name !== undefined) return candidates.slice(0, 1);
  // Whatever it is: devices, or who tries it on this machine, ask there.
  const named = said.filter((one) => planned.includes(one.address));
  if (named.length > 0) return named.slice(0, 1);
  const likely = candidates.filter((one) => rankOf(one) < 2);
  return likely.length > 0 ? likely : candidates;
}

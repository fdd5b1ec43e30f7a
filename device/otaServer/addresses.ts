import { networkInterfaces } from "node:os";
import type { LocalAddress } from "../../core/delivery/interfaces";

/** The addresses of this machine, without those that only count with the name of an interface. */
export const localAddresses = (): readonly LocalAddress[] =>
  Object.entries(networkInterfaces()).flatMap(([name, addresses = []]) =>
    addresses
      .filter(({ address }) => !/^fe80:/i.test(address))
      .map(({ address, internal }) => ({ name, address, isInternal: internal })),
  );

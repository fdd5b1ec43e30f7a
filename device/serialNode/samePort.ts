import type { ListedPort } from "./driver";

/**
 * Where a board is that went away, with all ports as they were then and as they are now. A native USB port comes back
 * under its old path or another one, and with another product id where the ROM's loader answers instead of the app.
 * Undefined while it is not there, and where two could be it.
 */
export const returnedPort = (
  left: ListedPort,
  before: readonly ListedPort[],
  now: readonly ListedPort[],
): ListedPort | undefined => {
  const samePath = now.find(({ path }) => path === left.path);
  if (samePath) return samePath;
  const fresh = now.filter(({ path }) => !before.some((port) => port.path === path));
  const sameVendor = fresh.filter(({ vendorId }) => vendorId !== undefined && vendorId === left.vendorId);
  const sameSerial = sameVendor.filter(({ serialNumber }) => serialNumber === left.serialNumber);
  return only(sameSerial) ?? only(sameVendor);
};

const only = (ports: readonly ListedPort[]): ListedPort | undefined =>
  ports.length === 1 ? ports[0] : undefined;

import type { BoardPort } from "../../../device/port";

/** A port with some of its functions replaced. Its streams stay those of the port below. */
export const portWith = (port: BoardPort, other: Partial<BoardPort>): BoardPort => ({
  get readable() {
    return port.readable;
  },
  get writable() {
    return port.writable;
  },
  open: (options) => port.open(options),
  close: () => port.close(),
  setSignals: (signals) => port.setSignals(signals),
  getInfo: () => port.getInfo(),
  setBaudRate: async (baudRate) => port.setBaudRate?.(baudRate),
  ...other,
});

/** A pseudo-terminal: nothing hangs on its lines, and nobody says what is at its other end. */
export const withoutLines = (port: BoardPort): BoardPort =>
  portWith(port, {
    setSignals: () => Promise.reject(new Error("Inappropriate ioctl for device, cannot set")),
    getInfo: () => ({}),
  });

/** A bridge whose clock is off above so many bits per second. */
export const upTo = (port: BoardPort, fastest: number): BoardPort =>
  portWith(port, {
    setBaudRate: async (baudRate) => port.setBaudRate?.(baudRate > fastest ? baudRate * 1.1 : baudRate),
  });

/** A browser of before `setBaudRate`: the rate changes by closing and opening. */
export const reopening = (port: BoardPort): BoardPort => {
  const { setBaudRate: _, ...rest } = portWith(port, {});
  return Object.defineProperties(rest, {
    readable: { get: () => port.readable },
    writable: { get: () => port.writable },
  });
};

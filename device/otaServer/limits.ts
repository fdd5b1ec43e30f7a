/** What one client may take. Times in milliseconds, sizes in bytes. */
export interface Limits {
  /** Until the head of a request is there: who sends it letter by letter is let go. */
  readonly headTime: number;
  /** Until a whole request is there. */
  readonly requestTime: number;
  /** For which a connection may do nothing in the middle of a transfer: a device erases flash in between. */
  readonly idleTime: number;
  /** For which a connection may wait for the next request. */
  readonly keepAliveTime: number;
  readonly headBytes: number;
  readonly reportBytes: number;
  readonly connections: number;
  /** Devices that are remembered; beyond that the one that was silent for longest is forgotten. */
  readonly devices: number;
  /** Refused requests of one address that are told; the others are refused all the same. */
  readonly toldRefusals: number;
}

export const defaultLimits: Limits = {
  headTime: 10_000,
  requestTime: 20_000,
  idleTime: 120_000,
  keepAliveTime: 15_000,
  headBytes: 8 * 1024,
  reportBytes: 1024,
  connections: 2048,
  devices: 4096,
  toldRefusals: 20,
};

import type { Lines, ListedPort, SerialDriver, SerialLine } from "../../../device/serialNode/driver";

/** A machine with serial ports, and a hand on its cables. */
export interface FakeDriver extends SerialDriver {
  /** What happened, in order: "open /dev/ttyUSB0 115200", "lines dtr rts", "rate 9600", "close". */
  readonly log: string[];
  /** Ports that are there; what is not there cannot be opened. */
  ports: readonly ListedPort[];
  /** Why each of the next openings fails, in the system's words. */
  refusals: string[];
  /** The open line gets these bytes. */
  arrive(bytes: Uint8Array): void;
  /** Whatever is done with the open line from now on fails. */
  pull(): void;
  /** The same, but whoever reads is not told. */
  pullSilently(): void;
  readonly written: Uint8Array[];
}

export const fakeDriver = (ports: readonly ListedPort[]): FakeDriver => {
  let arrived: Uint8Array[] = [];
  let reading: { resolve(bytes: Uint8Array): void; reject(error: Error): void } | undefined;
  let gone = false;
  const log: string[] = [];

  const give = (): void => {
    const bytes = reading && arrived.shift();
    if (!bytes) return;
    reading?.resolve(bytes);
    reading = undefined;
  };
  const unlessGone = async (): Promise<void> => {
    if (gone) throw new Error("Error: Input/output error");
  };
  const say = async (event: string): Promise<void> => {
    await unlessGone();
    log.push(event);
  };
  const line: SerialLine = {
    lines: { dtr: true, rts: true },
    async read() {
      await unlessGone();
      return new Promise((resolve, reject) => {
        reading = { resolve, reject };
        give();
      });
    },
    async write(bytes) {
      await unlessGone();
      fake.written.push(bytes);
    },
    drain: () => say("drain"),
    setLines: ({ dtr, rts }: Lines) => say(`lines ${dtr} ${rts}`),
    setBaudRate: (rate) => say(`rate ${rate}`),
    async close() {
      log.push("close");
      reading?.reject(new Error("Canceled"));
    },
  };
  const fake: FakeDriver = {
    log,
    ports,
    refusals: [],
    written: [],
    list: async () => fake.ports,
    async open(path, baudRate) {
      log.push(`open ${path} ${baudRate}`);
      const refusal = fake.refusals.shift();
      if (refusal !== undefined) throw new Error(refusal);
      if (!fake.ports.some((port) => port.path === path))
        throw new Error(`Error: No such file or directory, cannot open ${path}`);
      gone = false;
      arrived = [];
      return line;
    },
    arrive(bytes) {
      arrived.push(bytes);
      give();
    },
    pullSilently() {
      gone = true;
    },
    pull() {
      gone = true;
      reading?.reject(new Error("Error: Input/output error"));
    },
  };
  return fake;
};

import { read } from "node:fs";
import { promisify } from "node:util";

const readFd = promisify(read);

/** As much of serialport's open port as reading takes on Linux and macOS. */
export interface UnixPort {
  readonly fd: number | null;
  readonly poller: { once(event: "readable", heard: (error: Error | null) => void): unknown };
}

/**
 * In place of serialport's own reading, which asks again at once when a read gives nothing: so it does for ever once the
 * cable was pulled, at the full cost of a processor.
 */
export const readUnix = async (port: UnixPort, buffer: Uint8Array): Promise<number> => {
  for (;;) {
    const count = await readFd(openFd(port), buffer, 0, buffer.length, null).then(bytesRead, unlessEmpty);
    if (count === 0) throw new Error("The device hung up.");
    if (count !== undefined) return count;
    // The poller of a port that was closed meanwhile takes the process down.
    openFd(port);
    await readable(port);
  }
};

const openFd = ({ fd }: UnixPort): number => {
  if (fd === null) throw new Error("The port is closed.");
  return fd;
};

const bytesRead = (result: { readonly bytesRead: number }): number => result.bytesRead;

const unlessEmpty = (error: NodeJS.ErrnoException): undefined => {
  if (!["EAGAIN", "EWOULDBLOCK", "EINTR"].includes(error.code ?? "")) throw error;
};

const readable = ({ poller }: UnixPort): Promise<void> =>
  new Promise((resolve, reject) => {
    poller.once("readable", (error) => (error ? reject(error) : resolve()));
  });

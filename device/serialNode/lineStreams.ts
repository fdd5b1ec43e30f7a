import { ReadableStream, type ReadableStreamDefaultController, WritableStream } from "node:stream/web";
import type { SerialLine } from "./driver";

/** The two streams of an open line; each is made anew after it was cancelled, closed or aborted. */
export interface LineStreams {
  readable(): ReadableStream<Uint8Array>;
  writable(): WritableStream<Uint8Array>;
  /** Ends both: with an error where there is a reason, otherwise as a port that is closed. */
  end(reason?: DOMException): void;
}

export const lineStreams = (line: SerialLine, lost: () => void): LineStreams => {
  let reading: { readonly stream: ReadableStream<Uint8Array>; readonly reader: Reader } | undefined;
  let writing: { readonly stream: WritableStream<Uint8Array>; fail(reason: DOMException): void } | undefined;
  /** Goes on from one stream to the next, so that a stream that was cancelled takes no bytes with it. */
  let pending: Promise<Uint8Array> | undefined;

  const pull = async (reader: Reader): Promise<void> => {
    try {
      pending ??= line.read();
      const bytes = await pending;
      if (reader !== reading?.reader) return;
      pending = undefined;
      reader.enqueue(bytes);
    } catch {
      // Where the port was closed the streams have ended already.
      lost();
    }
  };
  const newReadable = () => {
    let reader: Reader | undefined;
    const stream = new ReadableStream<Uint8Array>({
      start(controller) {
        reader = controller;
      },
      pull,
      cancel() {
        reading = undefined;
      },
    });
    if (!reader) throw new TypeError("A stream starts at once");
    return { stream, reader };
  };
  const newWritable = () => {
    let fail: (reason: DOMException) => void = () => undefined;
    const forget = (): void => {
      writing = undefined;
    };
    const stream = new WritableStream<Uint8Array>({
      start(controller) {
        fail = (reason) => controller.error(reason);
      },
      async write(bytes) {
        try {
          await line.write(bytes);
        } catch (error) {
          lost();
          throw error;
        }
      },
      close: forget,
      abort: forget,
    });
    return { stream, fail: (reason: DOMException) => fail(reason) };
  };
  return {
    readable() {
      reading ??= newReadable();
      return reading.stream;
    },
    writable() {
      writing ??= newWritable();
      return writing.stream;
    },
    end(reason) {
      if (reason) reading?.reader.error(reason);
      else reading?.reader.close();
      writing?.fail(reason ?? new DOMException("The port has been closed.", "InvalidStateError"));
      reading = undefined;
      writing = undefined;
    },
  };
};

type Reader = ReadableStreamDefaultController<Uint8Array>;

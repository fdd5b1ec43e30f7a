import { asciiBytes } from "../../core/image/bytes";
import { encodeSlip, slipDecoder } from "../slip";
import { type Boot, downloadModeText } from "./boot";
import type { Loader, LoaderBoard } from "./loader";
import { replAnswer } from "./repl";
import { romLoader } from "./rom";
import { stubLoader } from "./stub";

/** What runs on the chip between one reset and the next. */
export interface Session {
  readonly running: () => "flash" | "rom" | "stub";
  receive(bytes: Uint8Array): Promise<void>;
  stop(): void;
}

/** What a session has of its board; the packets are framed here. */
export type SessionBoard = Omit<LoaderBoard, "send" | "startStub"> & {
  /** Bytes to the host, as long as this session runs. */
  transmit(bytes: Uint8Array): void;
};

export const downloadSession = (board: SessionBoard): Session => {
  const decode = slipDecoder();
  let running: "rom" | "stub" = "rom";
  let stopped = false;
  let loader: Loader;
  const loaderBoard: LoaderBoard = {
    ...board,
    send(packet) {
      if (!stopped) board.transmit(encodeSlip(packet));
    },
    startStub() {
      loader.stop();
      running = "stub";
      loader = stubLoader(loaderBoard);
    },
  };
  board.transmit(asciiBytes(downloadModeText(board.chip)));
  loader = romLoader(loaderBoard);
  return {
    running: () => running,
    async receive(bytes) {
      for (const packet of decode(bytes)) if (!stopped) await loader.receive(packet);
    },
    stop() {
      stopped = true;
      loader.stop();
    },
  };
};

/** The app in flash has the line; only MicroPython's prompt answers. */
export const flashSession = (boot: Boot, transmit: (bytes: Uint8Array) => void): Session => {
  transmit(asciiBytes(boot.text));
  return {
    running: () => "flash",
    async receive(bytes) {
      if (boot.micropython !== undefined) transmit(replAnswer(boot.micropython, bytes));
    },
    stop: () => undefined,
  };
};

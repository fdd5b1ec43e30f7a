import { monitor } from "../../../device/monitor";
import type { VirtualBoard } from "../../../device/virtualBoard/board";
import { turn } from "./protocolClient";

/** Somebody who listens to a board from its next reset on. */
export interface Listener {
  text(): string;
  /** Settles once the text has come. */
  until(text: string | RegExp): Promise<void>;
  write(text: string): Promise<void>;
  reset(): Promise<void>;
  close(): Promise<void>;
}

export async function listenTo({ port }: VirtualBoard): Promise<Listener> {
  let heard = "";
  const waiting = new Set<() => void>();
  const open = await monitor(port, {
    reset: true,
    pause: turn,
    onText(text) {
      heard += text;
      for (const look of waiting) look();
    },
  });
  return {
    text: () => heard,
    until: (text) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (typeof text === "string" ? !heard.includes(text) : !text.test(heard)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
    write: open.write,
    reset: open.reset,
    close: open.close,
  };
}

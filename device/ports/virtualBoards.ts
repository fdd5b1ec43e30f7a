import { createHash } from "node:crypto";
import { chipById } from "../../core/chip/targets";
import type { BoardPort } from "../port";
import { type VirtualBoard, virtualBoard } from "../virtualBoard/board";
import { type FlashFiles, flashFiles } from "./flashFiles";
import type { PortInfo } from "./index";
import { type VirtualName, virtualName, virtualPath } from "./virtualName";

const FLASH_SIZE = 0x400000;

/** A virtual board of this process, and what is kept of it. */
interface LiveBoard {
  readonly name: string;
  readonly board: VirtualBoard;
  readonly port: BoardPort;
  /** Of the flash as the file has it, or as a new board has it where there is no file. */
  kept: string;
}

export interface VirtualBoards {
  list(): Promise<readonly PortInfo[]>;
  port(path: string): Promise<BoardPort>;
  board(path: string): VirtualBoard | undefined;
  save(): Promise<void>;
}

export const virtualBoards = (stateFolder: string | undefined): VirtualBoards => {
  const files = stateFolder === undefined ? undefined : flashFiles(stateFolder);
  const starting = new Map<string, Promise<LiveBoard>>();
  const live = new Map<string, LiveBoard>();
  let saving: Promise<void> = Promise.resolve();

  /** One after the other, so that the last one is what stays. */
  const save = (): Promise<void> => {
    saving = saving
      .catch(() => undefined)
      .then(async () => {
        if (files) for (const board of live.values()) await keep(files, board);
      });
    return saving;
  };
  const start = async ({ path, name, chip, mac }: VirtualName): Promise<LiveBoard> => {
    const flash = await files?.load(name, FLASH_SIZE);
    const board = virtualBoard({ chip, mac, flashSize: FLASH_SIZE, ...(flash && { flash }) });
    const port = keptAtClose(board.port, save);
    const started = { name, board, port, kept: digest(board.flash) };
    live.set(path, started);
    return started;
  };
  return {
    async list() {
      const names = ["", ...Array.from(live.values(), ({ name }) => name), ...((await files?.names()) ?? [])];
      return Array.from(new Set(names)).sort().flatMap(described);
    },
    async port(path) {
      const name = virtualName(path);
      const started = starting.get(name.path) ?? start(name);
      starting.set(name.path, started);
      // The next one to ask may have better luck with the file.
      started.catch(() => starting.delete(name.path));
      return (await started).port;
    },
    board: (path) => live.get(path)?.board,
    save,
  };
};

const keep = async (files: FlashFiles, live: LiveBoard): Promise<void> => {
  const now = digest(live.board.flash);
  if (now === live.kept) return;
  await files.save(live.name, live.board.flash);
  live.kept = now;
};

const digest = (flash: Uint8Array): string => createHash("md5").update(flash).digest("hex");

const keptAtClose = (port: BoardPort, save: () => Promise<void>): BoardPort => ({
  get readable() {
    return port.readable;
  },
  get writable() {
    return port.writable;
  },
  open: port.open,
  async close() {
    await port.close();
    // Whoever needs to know calls `save`; a port closes in any case.
    await save().catch(() => undefined);
  },
  setSignals: port.setSignals,
  getInfo: port.getInfo,
  ...(port.setBaudRate && { setBaudRate: port.setBaudRate }),
});

const described = (name: string): readonly PortInfo[] => {
  const path = virtualPath(name);
  if (name === "") return [{ path, kind: "virtual", description: "Virtual Board" }];
  try {
    const chip = chipById(virtualName(path).chip);
    return [{ path, kind: "virtual", description: `Virtual Board (${chip?.name})` }];
  } catch {
    // A file that was put there by hand and names a chip that no virtual board has.
    return [];
  }
};

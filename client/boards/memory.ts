import type * as vscode from "vscode";
import { type BoardNames, withName } from "./names";

/** What is remembered of boards beyond the window. */
export interface BoardMemory {
  names(): BoardNames;
  rename(mac: string, name: string): Promise<void>;
  /** The ports that were chosen last. */
  lastPorts(): readonly string[];
  choose(paths: readonly string[]): Promise<void>;
}

const NAMES = "crossflash.boardNames";
const LAST_PORTS = "crossflash.lastPorts";

export function boardMemory(state: vscode.Memento): BoardMemory {
  const names = (): BoardNames => state.get<BoardNames>(NAMES, {});
  return {
    names,
    rename: async (mac, name) => state.update(NAMES, withName(names(), mac, name)),
    lastPorts: () => state.get<readonly string[]>(LAST_PORTS, []),
    choose: async (paths) => state.update(LAST_PORTS, paths),
  };
}

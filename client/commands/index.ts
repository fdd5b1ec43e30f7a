import type { CommandId } from "../../protocol/commands";
import { chooseMicroPython } from "./chooseMicroPython";
import type { Command } from "./command";
import { exportBinary } from "./exportBinary";
import { exportHeader } from "./exportHeader";
import { extractAppCommand } from "./extractApp";
import { importTable } from "./importTable";
import { openLayout } from "./openLayout";
import { restartServer } from "./restartServer";
import { showOutput } from "./showOutput";
import { showTextCommand } from "./showText";

const list: readonly Command[] = [
  openLayout,
  showTextCommand,
  exportHeader,
  exportBinary,
  importTable,
  chooseMicroPython,
  extractAppCommand,
  showOutput,
  restartServer,
];

export const commandList = Object.fromEntries(list.map((command) => [command.id, command])) as Record<
  CommandId,
  Command
>;

import type { CommandId } from "../../protocol/commands";
import { backUpFlash } from "./backUpFlash";
import { chooseMicroPython } from "./chooseMicroPython";
import type { Command } from "./command";
import { copyMac } from "./copyMac";
import { createProject } from "./createProject";
import { eraseBoardCommand } from "./eraseBoard";
import { exportBinary } from "./exportBinary";
import { exportHeader } from "./exportHeader";
import { extractAppCommand } from "./extractApp";
import { flashBoard } from "./flashBoard";
import { flashCombinedCommand } from "./flashCombined";
import { identifyBoard } from "./identifyBoard";
import { importTable } from "./importTable";
import { makeFleetBundle } from "./makeFleetBundle";
import { monitorBoard } from "./monitorBoard";
import { nameBoard } from "./nameBoard";
import { newMigration } from "./newMigration";
import { openLayout } from "./openLayout";
import { readBoard } from "./readBoard";
import { refreshBoards } from "./refreshBoards";
import { rehearseBoard } from "./rehearseBoard";
import { restartBoard } from "./restartBoard";
import { restartServer } from "./restartServer";
import { restoreBackupCommand } from "./restoreBackup";
import { restoreFieldStateCommand } from "./restoreFieldState";
import { resumeFlashing } from "./resumeFlashing";
import { saveDeviceLog } from "./saveDeviceLog";
import { saveReport } from "./saveReport";
import { serveImages } from "./serveImages";
import { showBoardLog } from "./showBoardLog";
import { showOutput } from "./showOutput";
import { showPlan } from "./showPlan";
import { showServed } from "./showServed";
import { showTextCommand } from "./showText";
import { simulateMigration } from "./simulateMigration";
import { stopServing } from "./stopServing";
import { verifyBoard } from "./verifyBoard";
import { writePartitionCommand } from "./writePartition";

const list: readonly Command[] = [
  openLayout,
  showTextCommand,
  exportHeader,
  exportBinary,
  importTable,
  chooseMicroPython,
  extractAppCommand,
  newMigration,
  showPlan,
  saveReport,
  createProject,
  simulateMigration,
  makeFleetBundle,
  showOutput,
  restartServer,
  flashBoard,
  flashCombinedCommand,
  writePartitionCommand,
  restoreFieldStateCommand,
  rehearseBoard,
  eraseBoardCommand,
  readBoard,
  backUpFlash,
  restoreBackupCommand,
  verifyBoard,
  monitorBoard,
  restartBoard,
  identifyBoard,
  nameBoard,
  copyMac,
  showBoardLog,
  resumeFlashing,
  refreshBoards,
  serveImages,
  stopServing,
  showServed,
  saveDeviceLog,
];

export const commandList = Object.fromEntries(list.map((command) => [command.id, command])) as Record<
  CommandId,
  Command
>;

/**
 * The commands that a client may implement. The server puts them behind lenses and fixes only for clients that named
 * them in `InitializationOptions.commands`, so that any editor works. All take one `CommandArguments`.
 */
export const commands = {
  openLayout: "crossflash.openLayout",
  showText: "crossflash.showText",
  exportHeader: "crossflash.exportHeader",
  exportBinary: "crossflash.exportBinary",
  importTable: "crossflash.importTable",
  chooseMicroPython: "crossflash.chooseMicroPython",
  extractApp: "crossflash.extractApp",
  newMigration: "crossflash.newMigration",
  showPlan: "crossflash.showPlan",
  saveReport: "crossflash.saveReport",
  createProject: "crossflash.createProject",
  simulateMigration: "crossflash.simulateMigration",
  makeFleetBundle: "crossflash.makeFleetBundle",
  showOutput: "crossflash.showOutput",
  restartServer: "crossflash.restartServer",
  flashBoard: "crossflash.flashBoard",
  flashCombined: "crossflash.flashCombined",
  writePartition: "crossflash.writePartition",
  restoreFieldState: "crossflash.restoreFieldState",
  rehearseBoard: "crossflash.rehearseBoard",
  eraseBoard: "crossflash.eraseBoard",
  readBoard: "crossflash.readBoard",
  backUpFlash: "crossflash.backUpFlash",
  restoreBackup: "crossflash.restoreBackup",
  verifyBoard: "crossflash.verifyBoard",
  monitorBoard: "crossflash.monitorBoard",
  restartBoard: "crossflash.restartBoard",
  identifyBoard: "crossflash.identifyBoard",
  nameBoard: "crossflash.nameBoard",
  copyMac: "crossflash.copyMac",
  showBoardLog: "crossflash.showBoardLog",
  resumeFlashing: "crossflash.resumeFlashing",
  refreshBoards: "crossflash.refreshBoards",
  serveImages: "crossflash.serveImages",
  stopServing: "crossflash.stopServing",
  showServed: "crossflash.showServed",
  saveDeviceLog: "crossflash.saveDeviceLog",
} as const;

/**
 * What the `when` clauses of the manifest ask: whether a job can be resumed, whether a board is monitored, whether images
 * are served, and whether they were or are.
 */
export const contextKeys = {
  unfinished: "crossflash.hasUnfinishedJob",
  monitored: "crossflash.isMonitoring",
  serving: "crossflash.isServing",
  served: "crossflash.hasServed",
} as const;

/** The view that lists the ports and the boards on them. */
export const boardsViewId = "crossflash.boards";

/** The view that lists the devices of the update server. */
export const devicesViewId = "crossflash.devices";

/** The custom editor that shows a partition table as a picture of the flash. */
export const layoutViewType = "crossflash.layout";

/** The panel that shows the plan of a migration. */
export const planViewType = "crossflash.plan";

/** The panel that shows what power cuts do to a migration. */
export const simulationViewType = "crossflash.simulation";

/** The panel that shows the report of a rehearsal. */
export const rehearsalViewType = "crossflash.rehearsal";

export type CommandId = (typeof commands)[keyof typeof commands];

/** What the server gives a command that stands behind a lens or a fix. */
export interface CommandArguments {
  /** The document that the command is about: the CSV, or the manifest. */
  readonly uri: string;
}

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
  showOutput: "crossflash.showOutput",
  restartServer: "crossflash.restartServer",
} as const;

/** The custom editor that shows a partition table as a picture of the flash. */
export const layoutViewType = "crossflash.layout";

export type CommandId = (typeof commands)[keyof typeof commands];

/** What the server gives a command that stands behind a lens or a fix. */
export interface CommandArguments {
  /** The document that the command is about: the CSV, or the manifest. */
  readonly uri: string;
}

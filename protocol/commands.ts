/**
 * The ids of the editor's commands, once: the manifest, the client and the server all use these.
 * A server offers a command only to a client that says in its initialization options that it has it.
 */
export const commands = {
  exportHeader: "crossflash.exportHeader",
  exportBinary: "crossflash.exportBinary",
  importTable: "crossflash.importTable",
  chooseMicroPython: "crossflash.chooseMicroPython",
  extractApp: "crossflash.extractApp",
  showOutput: "crossflash.showOutput",
  restartServer: "crossflash.restartServer",
} as const;

export type CommandId = (typeof commands)[keyof typeof commands];

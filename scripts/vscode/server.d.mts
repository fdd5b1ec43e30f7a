/** Writes the user settings of the VS Code that runs in `runFolder`: quiet ones, and these. */
export function writeSettings(runFolder: string, settings?: Record<string, unknown>): Promise<void>;

export interface VscodeServer {
  /** The address that opens a folder, and a file in it when one is named (both absolute). */
  address(folder: string, file?: string): string;
  /** Ends the server; done when it has ended. */
  stop(): Promise<void>;
  readonly ended: Promise<void>;
}

export interface VscodeOptions {
  /** The folder `installVscode` answers. */
  readonly vscode: string;
  /** Everything the server writes lies here; absolute. */
  readonly runFolder: string;
  /** The extension to install. */
  readonly vsix: string;
  /** Variables added to the server's environment. */
  readonly env?: Record<string, string>;
}

export function startVscode(options: VscodeOptions): Promise<VscodeServer>;

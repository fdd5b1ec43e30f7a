import * as vscode from "vscode";

/** A log for each board, by MAC. What a board prints and what is in its flash is never in it. */
export interface BoardLogs extends vscode.Disposable {
  of(mac: string): vscode.LogOutputChannel;
  has(mac: string): boolean;
}

export function boardLogs(nameOf: (mac: string) => string | undefined): BoardLogs {
  const channels = new Map<string, vscode.LogOutputChannel>();
  return {
    of(mac) {
      const open = channels.get(mac);
      if (open) return open;
      const channel = vscode.window.createOutputChannel(`Crossflash: ${nameOf(mac) ?? mac}`, { log: true });
      channels.set(mac, channel);
      return channel;
    },
    has: (mac) => channels.has(mac),
    dispose: () => vscode.Disposable.from(...channels.values()).dispose(),
  };
}

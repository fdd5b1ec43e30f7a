import * as vscode from "vscode";
import type { Device } from "../device";
import { Refusal } from "../refusal";
import type { Lab, LabPorts } from "./lab";
import { calledIn } from "./labels";
import { type BoardMonitor, boardMonitor } from "./monitoring";
import { monitorText } from "./monitorText";

/** The terminals that show what boards print, one for each port. */
export interface Monitors extends vscode.Disposable {
  /** Brings the terminal of a port to the front, or opens it. */
  show(path: string): void;
  /** The ports that are listened to. */
  paths(): readonly string[];
  restart(path: string): void;
}

interface Shown {
  readonly terminal: vscode.Terminal;
  readonly monitor: () => BoardMonitor | undefined;
}

export function monitors(
  lab: Lab,
  device: () => Promise<Pick<Device, "monitor">>,
  ports: () => Promise<LabPorts>,
): Monitors {
  const shown = new Map<string, Shown>();
  const setting = <T>(name: string, otherwise: T): T =>
    vscode.workspace.getConfiguration("crossflash.monitor").get(name, otherwise);

  function open(path: string): Shown {
    const written = new vscode.EventEmitter<string>();
    const screen = monitorText(
      (text) => written.fire(text),
      () => (setting("timestamps", false) ? timeOfDay(new Date()) : undefined),
    );
    let monitor: BoardMonitor | undefined;
    let letGo = (): void => undefined;
    const pty: vscode.Pseudoterminal = {
      onDidWrite: written.event,
      open() {
        monitor = boardMonitor(
          path,
          async (listening) => {
            const port = await (await ports()).port(path);
            return (await device()).monitor(port, { baudRate: setting("baudRate", 115200), ...listening });
          },
          screen,
          lab.at(path)?.task !== undefined,
        );
        letGo = lab.hold(path, monitor);
      },
      handleInput: (text) => monitor?.type(text),
      close() {
        letGo();
        shown.delete(path);
        lab.changed();
        void monitor?.stop();
      },
    };
    const port = lab.at(path);
    const name = `Monitor: ${port ? calledIn(port) : path}`;
    const terminal = vscode.window.createTerminal({
      name,
      pty,
      iconPath: new vscode.ThemeIcon("circuit-board"),
    });
    return { terminal, monitor: () => monitor };
  }

  const settings = vscode.workspace.onDidChangeConfiguration((event) => {
    if (!event.affectsConfiguration("crossflash.monitor.baudRate")) return;
    for (const { monitor } of shown.values()) monitor()?.changeRate(setting("baudRate", 115200));
  });
  return {
    show(path) {
      const one = shown.get(path) ?? open(path);
      shown.set(path, one);
      one.terminal.show();
      lab.changed();
    },
    paths: () => [...shown.keys()],
    restart(path) {
      const monitor = shown.get(path)?.monitor();
      if (!monitor) throw new Refusal("No board is being monitored. Use Monitor Board first.");
      monitor.restart();
    },
    dispose() {
      settings.dispose();
      for (const { terminal } of shown.values()) terminal.dispose();
    },
  };
}

/** `12:34:56.789`, as the clock on the wall says. */
const timeOfDay = (now: Date): string =>
  new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(11, 23);

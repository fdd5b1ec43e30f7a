import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, chromium } from "playwright-core";
import { installVscode, repository } from "../../../scripts/vscode/install.mjs";
import { startVscode, type VscodeServer, writeSettings } from "../../../scripts/vscode/server.mjs";

/** A VS Code server with the packaged extension in it, and a browser to look at it: one pair per test file. */
export interface Host {
  /** Everything of this host lies here and goes with it. */
  readonly runFolder: string;
  readonly server: VscodeServer;
  readonly browser: Browser;
  writeSettings(settings: Record<string, unknown>): Promise<void>;
  /** The `host:port` of every connection that left this machine from an extension or a process it started. */
  connections(): Promise<string[]>;
  stop(): Promise<void>;
}

const vsix = join(repository, "dist/crossflash.vsix");
const recorder = join(repository, "test/e2e/support/recordConnections.cjs");

export async function startHost(executablePath: string): Promise<Host> {
  if (!existsSync(vsix))
    throw new Error("There is no dist/crossflash.vsix to install. Make it: npm run package");
  const runFolder = await mkdtemp(join(tmpdir(), "crossflash-e2e-"));
  const record = join(runFolder, "connections");
  const env = {
    NODE_OPTIONS: `--require ${JSON.stringify(recorder)}`,
    CROSSFLASH_E2E_CONNECTIONS: record,
  };
  const browser = await chromium.launch({ executablePath });
  const server = await startVscode({ vscode: await installVscode(), runFolder, vsix, env });
  return {
    runFolder,
    server,
    browser,
    writeSettings: (settings) => writeSettings(runFolder, settings),
    connections: async () => linesOf(await readFile(record, "utf8").catch(() => "")),
    stop: async () => {
      await browser.close();
      await server.stop();
      await rm(runFolder, { recursive: true, force: true });
    },
  };
}

const linesOf = (text: string): string[] => text.split("\n").filter((line) => line !== "");

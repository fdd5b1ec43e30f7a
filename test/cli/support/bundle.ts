import { execFileSync, spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
export const main = `${root}dist/cli/main.js`;

/** What `npm run build` makes of the command line. */
export const buildBundle = (): void => {
  build("dist/cli/");
};

/** What it loads when a board is first asked for. */
export const buildDevice = (): void => {
  build("dist/device/");
};

const build = (out: string): void =>
  void execFileSync(process.execPath, ["scripts/build.mjs", out], { cwd: root, stdio: "ignore" });

export interface Ended {
  readonly code: number | null;
  readonly out: Buffer;
  readonly err: string;
}

/** Runs the bundle as a process of its own. */
export function runProcess(
  argv: readonly string[],
  folder: string,
  input: string | Buffer = "",
  environment: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  const child = spawn(process.execPath, [main, ...argv], {
    cwd: folder,
    env: { ...process.env, ...environment },
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on("data", (chunk) => out.push(chunk));
  child.stderr.on("data", (chunk) => err.push(chunk));
  child.stdin.on("error", () => undefined);
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) =>
      resolve({ code, out: Buffer.concat(out), err: Buffer.concat(err).toString() }),
    );
  });
}

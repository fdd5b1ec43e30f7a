import { join } from "node:path";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the flash of virtual boards is kept between runs: where each system keeps what a program remembers. */
export function stateFolder(
  environment: Environment = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homeFolder(),
): string {
  return environment.CROSSFLASH_STATE || join(programFolder(environment, platform, home), "crossflash");
}

function programFolder(environment: Environment, platform: NodeJS.Platform, home: string): string {
  if (platform === "win32") return environment.LOCALAPPDATA || join(home, "AppData", "Local");
  if (platform === "darwin") return join(home, "Library", "Application Support");
  return environment.XDG_STATE_HOME || join(home, ".local", "state");
}

/** Loaded here, because most commands need no home and all of them are to start at once. */
const homeFolder = (): string => (require("node:os") as typeof import("node:os")).homedir();

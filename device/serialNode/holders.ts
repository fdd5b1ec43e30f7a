import { readdir, readFile, readlink, realpath } from "node:fs/promises";

/**
 * The processes that have a device file open, as "screen (process 1234)". Only Linux tells, and only of the user's own
 * processes; empty where nothing is known.
 */
export const holdersOf = async (path: string, proc = "/proc"): Promise<readonly string[]> => {
  const device = await realpath(path).catch(() => path);
  const pids = (await names(proc)).filter((name) => /^\d+$/.test(name)).sort((a, b) => Number(a) - Number(b));
  const holders = await Promise.all(
    pids.map(async (pid) => ((await holds(`${proc}/${pid}/fd`, device)) ? [await called(proc, pid)] : [])),
  );
  return holders.flat();
};

const names = (folder: string): Promise<readonly string[]> => readdir(folder).catch(() => []);

const holds = async (folder: string, device: string): Promise<boolean> => {
  const files = await names(folder);
  const targets = await Promise.all(files.map((file) => readlink(`${folder}/${file}`).catch(() => "")));
  return targets.includes(device);
};

const called = async (proc: string, pid: string): Promise<string> => {
  if (Number(pid) === process.pid) return "Crossflash itself";
  const name = await readFile(`${proc}/${pid}/comm`, "utf8").catch(() => "a program");
  return `${name.trim()} (process ${pid})`;
};

import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { pattern } from "../test/support/bytes";
import type { Figure } from "./figure";

const DEVICES = 500;
/** As long as MicroPython 1.14 in the published procedure. */
const IMAGE = Buffer.from(pattern(1_464_336, 3));
/** Bytes that a device takes at a time: small, because slow readers are what a server has to bear. */
const PACKET = 8192;
/** Megabytes beyond what an idle server has. */
const MOST_MEMORY = 100;

/** All devices at once from our server and from nginx, by the same clients in the same run. */
export async function serveFigures(): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), "crossflash-bench-"));
  writeFileSync(join(folder, "micropython.bin"), IMAGE);
  try {
    const nginx = hasNginx() ? await measured(() => startNginx(folder)) : undefined;
    const own = await measured(() => startOwn(folder));
    if (!nginx) console.log("\nSkipped, because there is no nginx: the ratio of the update server to nginx");
    return [
      figure("Crossflash", own, nginx),
      ...(nginx ? [figure("nginx", nginx, nginx)] : []),
      memoryFigure("Crossflash", own, MOST_MEMORY),
      ...(nginx ? [memoryFigure("nginx", nginx)] : []),
    ];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

interface Measured {
  readonly milliseconds: number;
  /** Megabytes that the server took at most for its clients; undefined where the system does not tell. */
  readonly memory: number | undefined;
}

interface Running {
  readonly process: ChildProcess;
  readonly port: number;
  /** Of the process that has the connections. */
  readonly pid: () => number;
}

async function measured(start: () => Promise<Running>): Promise<Measured> {
  const { process, port, pid } = await start();
  try {
    await fetchImage(port);
    const before = memoryOf(pid(), "VmRSS");
    const begin = performance.now();
    await Promise.all(Array.from({ length: DEVICES }, () => fetchImage(port)));
    const milliseconds = performance.now() - begin;
    const most = memoryOf(pid(), "VmHWM");
    return { milliseconds, memory: before === undefined || most === undefined ? undefined : most - before };
  } finally {
    const ended = once(process, "exit");
    process.kill();
    await ended;
  }
}

/** A device that compares every byte; it takes the next packet when all others had their turn. */
function fetchImage(port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    let head = "";
    let position = -1;
    const take = (piece: Buffer): void => {
      if (position < 0) {
        head += piece.toString("latin1");
        const end = head.indexOf("\r\n\r\n");
        if (end < 0) return;
        position = 0;
        take(Buffer.from(head.slice(end + 4), "latin1"));
        return;
      }
      if (IMAGE.compare(piece, 0, piece.length, position, position + piece.length) !== 0)
        reject(new Error(`A byte behind ${position} is wrong.`));
      position += piece.length;
    };
    const socket = connect({
      port,
      host: "127.0.0.1",
      onread: {
        buffer: Buffer.alloc(PACKET),
        callback(count, buffer) {
          take(Buffer.from(buffer.subarray(0, count)));
          void turn().then(() => socket.resume());
          return false;
        },
      },
    });
    socket.on("error", reject);
    socket.on("close", () =>
      position === IMAGE.length ? resolve() : reject(new Error(`The image ends at ${position}.`)),
    );
    socket.write("GET /micropython.bin HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  });
}

const OWN = `
const { startOtaServer, deviceStore } = require(process.argv[1]);
const bytes = require("node:fs").readFileSync(process.argv[2]);
const image = { image: "micropython", name: "micropython.bin", bytes, sha256: "0".repeat(64), path: "/micropython.bin" };
const store = deviceStore(4096);
startOtaServer({ images: [image], address: "127.0.0.1", port: 0, now: Date.now, onEvent: store.hear })
  .then(({ value }) => console.log(value.port));
`;

async function startOwn(folder: string): Promise<Running> {
  const bundle = join(process.cwd(), "dist/device/otaServer/index.js");
  const child = spawn(process.execPath, ["-e", OWN, bundle, join(folder, "micropython.bin")], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  return { process: child, port: Number(line), pid: () => child.pid ?? 0 };
}

const hasNginx = (): boolean => spawnSync("nginx", ["-v"]).status === 0;

async function startNginx(folder: string): Promise<Running> {
  const port = await freePort();
  mkdirSync(join(folder, "logs"));
  const paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"]
    .map((name) => `${name}_temp_path ${folder}/${name};`)
    .join(" ");
  const config = `daemon off; worker_processes 1; pid ${folder}/pid; error_log ${folder}/logs/error.log;
events { worker_connections 2048; }
http { access_log off; sendfile on; ${paths} server { listen 127.0.0.1:${port} backlog=2048; root ${folder}; } }
${process.getuid?.() === 0 ? "user root;" : ""}`;
  writeFileSync(join(folder, "nginx.conf"), config);
  const files = ["-e", join(folder, "logs/error.log"), "-c", join(folder, "nginx.conf")];
  const child = spawn("nginx", ["-p", folder, ...files], { stdio: "inherit" });
  await listening(port);
  return { process: child, port, pid: () => workerOf(child.pid ?? 0) };
}

/** The master process of nginx serves nobody. */
function workerOf(master: number): number {
  const children = readText(`/proc/${master}/task/${master}/children`);
  return Number(children?.trim().split(" ")[0] ?? 0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  return typeof address === "object" && address ? address.port : 0;
}

async function listening(port: number): Promise<void> {
  for (let isThere = false; !isThere; await turn())
    isThere = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.on("connect", () => {
        socket.destroy();
        resolve(true);
      });
      socket.on("error", () => resolve(false));
    });
}

/** Megabytes; only Linux tells. */
function memoryOf(pid: number, field: "VmRSS" | "VmHWM"): number | undefined {
  const status = readText(`/proc/${pid}/status`);
  const kilobytes = new RegExp(`^${field}:\\s+(\\d+) kB`, "m").exec(status ?? "")?.[1];
  return kilobytes === undefined ? undefined : Number(kilobytes) / 1024;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return undefined;
  }
}

const figure = (name: string, { milliseconds }: Measured, nginx: Measured | undefined): Figure => ({
  what: `${name}: ${DEVICES} slow devices at once`,
  value: `${(milliseconds / 1000).toFixed(2)} s`,
  ...(nginx ? { ratio: milliseconds / nginx.milliseconds } : {}),
  isOver: false,
});

const memoryFigure = (name: string, { memory }: Measured, budget?: number): Figure => ({
  what: `${name}: memory for all of them`,
  value: memory === undefined ? "not told" : `${memory.toFixed(1)} MB`,
  ...(budget === undefined ? {} : { budget: `${budget} MB` }),
  isOver: budget !== undefined && memory !== undefined && memory > budget,
});

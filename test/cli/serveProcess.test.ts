import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import https from "node:https";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { setImmediate as turn } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { readSlowly } from "../device/otaServer/support/reader";
import { deliveryFiles, deliveryManifest, makeRepartitioner, sourceRows } from "../support/deliveryFixture";
import { makeMicroPython, makeTable } from "../support/imageFixture";
import { buildBundle, buildDevice, main } from "./support/bundle";

/** More than a system keeps for a connection whose client reads nothing. */
const SIZE = 0xf00000;
const image = makeMicroPython({ size: SIZE, flashSize: "32MB" });
const sha256 = createHash("sha256").update(image).digest("hex");

/** The slot has the 16 MB that a slot may have. */
const rows = [
  ...sourceRows.slice(0, 3),
  { label: "app1", type: 0, subtype: 0x11, offset: 0x150000, size: 0x1000000 },
  { label: "vfs", type: 1, subtype: 0x81, offset: 0x1150000, size: 0x100000 },
];
const csv = rows.map(({ label, type, subtype, offset, size }) =>
  [label, type, subtype, `0x${offset.toString(16)}`, `0x${size.toString(16)}`].join(", "),
);

const folder = mkdtempSync(join(tmpdir(), "crossflash-serve-"));

beforeAll(() => {
  buildBundle();
  buildDevice();
  const manifest = { ...deliveryManifest, flashSize: "32MB", delivery: {} };
  const files = {
    ...deliveryFiles,
    "crossflash.json": JSON.stringify(manifest),
    "partitions.csv": `${csv.join("\n")}\n`,
    "micropython.bin": image,
    "repartitioner.bin": makeRepartitioner([makeTable(rows)]),
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

interface Serving {
  readonly process: ChildProcess;
  readonly port: number;
}

async function serve(port: number, ...more: readonly string[]): Promise<Serving> {
  const options = ["--repartitioner", "repartitioner.bin", "--address", "127.0.0.1", "--log", "devices.json"];
  const argv = [main, "serve", ...options, "--port", String(port), "--format", "json", ...more];
  const env = { ...process.env, CROSSFLASH_STATE: join(folder, "state") };
  const child = spawn(process.execPath, argv, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
  let told = "";
  child.stderr?.on("data", (text) => {
    told += text;
  });
  const [line] = await Promise.race([
    once(child.stdout, "data"),
    once(child, "exit").then(() => [`{"error": ${JSON.stringify(told)}}`]),
  ]);
  const { port: actual, error } = JSON.parse(String(line).split("\n")[0] ?? "");
  if (error !== undefined) throw new Error(error);
  return { process: child, port: actual };
}

/** A promise with what settles it. */
function later(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let settle = (): void => undefined;
  const promise = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { promise, resolve: () => settle() };
}

const end = async ({ process }: Serving, signal: NodeJS.Signals): Promise<number | null> => {
  const ended = once(process, "exit");
  process.kill(signal);
  const [code] = await ended;
  return code;
};

describe("crossflash serve as a process", { timeout: 120_000 }, () => {
  it("may be killed in the middle of downloads: every device finishes when it is back", async () => {
    const first = await serve(0);
    const { port } = first;
    let begun = 0;
    let isKilled = false;
    const kill = later();
    const answers = Array.from({ length: 10 }, async (_, number) => {
      const hash = createHash("sha256");
      let [from, count, isWaiting] = [0, 0, true];
      const take = (piece: Uint8Array): void => {
        hash.update(piece);
        from += piece.length;
      };
      const pause = async (): Promise<void> => {
        if (isWaiting && ++begun === 10) kill.resolve();
        isWaiting = false;
        while (!isKilled) await turn();
      };
      const mac = `24:6f:28:00:00:0${number}`;
      while (from < SIZE) {
        const { head } = await readSlowly({
          port,
          path: "/micropython.bin",
          from,
          mac,
          packet: 65_536,
          take,
          pause,
        });
        if (head === "") await turn();
        else count++;
      }
      expect(hash.digest("hex")).toBe(sha256);
      return count;
    });
    await kill.promise;
    await end(first, "SIGKILL");
    isKilled = true;
    const second = await serve(port);
    for (const count of await Promise.all(answers)) expect(count).toBe(2);
    expect(await end(second, "SIGINT")).toBe(0);
    const { devices } = JSON.parse(readFileSync(join(folder, "devices-2.json"), "utf8"));
    expect(devices).toHaveLength(10);
    for (const { fetches } of devices) expect(fetches.micropython.position).toBe(SIZE);
  });

  it("serves over HTTPS with a certificate of its own, and keeps its authority", async () => {
    const authorities: string[] = [];
    for (let start = 0; start < 2; start++) {
      const serving = await serve(0, "--https", "--ca-out", "ca.pem");
      const ca = readFileSync(join(folder, "ca.pem"), "utf8");
      const options = { host: "127.0.0.1", port: serving.port, path: "/repartitioner.bin", agent: false, ca };
      const [response] = await once(https.get(options), "response");
      response.resume();
      expect(response.statusCode).toBe(200);
      authorities.push(ca);
      expect(await end(serving, "SIGINT")).toBe(0);
    }
    expect(authorities[0]).toBe(authorities[1]);
  });

  it.each(["SIGINT", "SIGTERM"] as const)(
    "ends at once at %s, also while somebody downloads",
    async (signal) => {
      const serving = await serve(0);
      const begun = later();
      const ended = later();
      const reading = readSlowly({
        port: serving.port,
        path: "/micropython.bin",
        take: () => begun.resolve(),
        pause: () => ended.promise,
      });
      await begun.promise;
      expect(await end(serving, signal)).toBe(0);
      ended.resolve();
      await reading;
    },
  );
});

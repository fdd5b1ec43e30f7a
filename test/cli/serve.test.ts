import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import http from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import {
  deliveryFiles,
  deliveryManifest,
  makeRepartitioner,
  smallMicropython,
} from "../support/deliveryFixture";
import { makeMicroPython } from "../support/imageFixture";
import { type Outcome, run, textOf, type World } from "./support/fakeIo";

const TOKEN = "0123456789abcdef-XYZ";

interface Visit extends Outcome {
  /** What the visitor got. */
  readonly got: readonly Answer[];
}

interface Answer {
  readonly status: number;
  readonly body: Buffer;
}

/** Serves until the visitor has been there. */
async function visit(
  line: string,
  paths: readonly string[],
  { files, ...world }: World = {},
): Promise<Visit> {
  const stop = new AbortController();
  const got: Answer[] = [];
  let out = "";
  let isVisited = false;
  const outcome = await run(["serve", ...line.split(" ").filter((word) => word !== "")], {
    files: { ...deliveryFiles, ...files },
    interrupted: stop.signal,
    ...world,
    onOut(text) {
      out += text;
      const port = /127\.0\.0\.1:(\d+)\//.exec(out)?.[1] ?? /"port":(\d+)/.exec(out)?.[1];
      if (port === undefined || isVisited) return;
      isVisited = true;
      void (async () => {
        for (const path of paths) got.push(await fetchFrom(Number(port), path));
        stop.abort();
      })();
    },
  });
  return { ...outcome, got };
}

const fetchFrom = (port: number, path: string): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const isReport = path.endsWith("/report");
    const headers = { "X-Crossflash-Device": "24:6f:28:00:00:01" };
    const options = { port, path, headers, agent: false, method: isReport ? "POST" : "GET" };
    const request = http.request({ host: "127.0.0.1", ...options }, (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body: Buffer.concat(pieces) }));
    });
    request.on("error", reject);
    request.end(isReport ? "crossflash: step=check-target result=ok" : undefined);
  });

const here = "--repartitioner repartitioner.bin --port 0";

describe("serve", () => {
  it("hands out the two images until Ctrl-C, and says what each device does", async () => {
    const paths = ["/repartitioner.bin", "/report", "/micropython.bin", "/crossflash.json"];
    const { code, out, err, got } = await visit(here, paths);
    expect({ code, statuses: got.map(({ status }) => status) }).toEqual({
      code: 0,
      statuses: [200, 204, 200, 404],
    });
    expect(got[0]?.body.equals(makeRepartitioner())).toBe(true);
    expect(got[2]?.body.equals(smallMicropython)).toBe(true);
    const sha256 = createHash("sha256").update(smallMicropython).digest("hex");
    expect(out).toMatch(
      new RegExp(
        `^http://127\\.0\\.0\\.1:\\d+/micropython\\.bin {2}/micropython\\.bin: micropython\\.bin, 32,768 bytes, SHA-256 ${sha256}$`,
        "m",
      ),
    );
    const told = out.split("\n").filter((text) => text.startsWith("03:04:05"));
    expect(told).toEqual(
      [
        "It asks for the repartitioner.",
        expect.stringMatching(/^All .* bytes of the repartitioner were sent\.$/),
        "The repartitioner checks what it has done: done (step 10 of 13).",
        "It asks for MicroPython.",
        "All 32,768 bytes of MicroPython were sent.",
        "A request was refused with 404. There is nothing under this address.",
      ].map((text) =>
        typeof text === "string"
          ? `03:04:05 24:6f:28:00:00:01 ${text}`
          : expect.stringMatching(/^03:04:05 24:6f:28:00:00:01 All .* of the repartitioner were sent\.$/),
      ),
    );
    expect(err).toMatch(
      /^warning: crossflash\.json has the devices ask for the repartitioner at http:\/\/127\.0\.0\.1:9000/,
    );
  });

  it("flags who asks for MicroPython too early", async () => {
    const { out } = await visit(here, ["/micropython.bin"]);
    expect(out).toContain("no report says that its new table is verified");
  });

  it("tells programs the same in JSON", async () => {
    const { out } = await visit(`${here} --format json`, ["/report", "/micropython.bin"]);
    const events = out
      .trim()
      .split("\n")
      .map((text) => JSON.parse(text));
    expect(events).toMatchObject([
      {
        event: "serving",
        host: "127.0.0.1",
        images: [{ path: "/repartitioner.bin" }, { path: "/micropython.bin" }],
      },
      { event: "reported", device: { mac: "24:6f:28:00:00:01" }, report: { step: "check-target" } },
      { event: "asked", image: "micropython", position: 0 },
      { event: "ended", position: 32_768 },
    ]);
    expect(events[1].at).toBe("2026-01-02T03:04:05.000Z");
  });

  it("keeps the log of an earlier server, and puts its own beside it", async () => {
    const files = { "log.json": "old", "log-2.json": "older" };
    const { written, err } = await visit(`${here} --log log.json`, ["/report"], { files });
    expect([...written.keys()]).toEqual(["log-3.json"]);
    expect(err).toContain("'log.json' is there already and is kept: the log goes into 'log-3.json'.");
  });

  it.each([
    ["log.txt", /^Crossflash update server, log of 2026-01-02T[\s\S]*Device 24:6f:28/],
    ["log.json", /"devices": \[\s*\{\s*"id": "24:6f:28/],
  ])("keeps a log in %s", async (name, expected) => {
    const { written } = await visit(`${here} --log ${name}`, ["/report"]);
    expect(textOf(written.get(name))).toMatch(expected);
  });

  it("shows a QR code to whoever sits at a terminal", async () => {
    const { out } = await visit(here, ["/report"], { typed: [] });
    expect(out).toMatch(/[█▀▄]{10}/);
    expect((await visit(here, ["/report"])).out).not.toMatch(/[█▀▄]/);
  });

  it.each([
    [`${here} --token ${TOKEN}`, {}],
    [here, { CROSSFLASH_TOKEN: TOKEN }],
  ])("with a token everything stands below it: %s", async (line, environment) => {
    const paths = ["/micropython.bin", `/${TOKEN}/micropython.bin`, `/${TOKEN}/report`];
    const { got, out, written } = await visit(`${line} --log log.json`, paths, { environment });
    expect(got.map(({ status }) => status)).toEqual([404, 200, 204]);
    expect(out).toMatch(/:\d+\/<token>\/micropython\.bin /);
    expect(out).not.toContain(TOKEN);
    expect(textOf(written.get("log.json"))).not.toContain(TOKEN);
    const json = await visit(`${line} --format json`, paths, { environment });
    expect(json.out).not.toContain(TOKEN);
    expect(json.err).not.toContain(TOKEN);
  });

  it("shows its token to whoever sits at a terminal", async () => {
    const { out } = await visit(`${here} --token ${TOKEN}`, [`/${TOKEN}/report`], { typed: [] });
    expect(out).toContain(`/${TOKEN}/micropython.bin `);
  });

  it("makes a token up", async () => {
    const { out } = await visit(`${here} --token new`, ["/report"]);
    expect(out).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9_-]{24}\/micropython\.bin /m);
  });

  it("writes the certificate that devices have to know", async () => {
    const stateFolder = mkdtempSync(join(tmpdir(), "crossflash-serve-"));
    onTestFinished(() => rmSync(stateFolder, { recursive: true }));
    const stop = new AbortController();
    stop.abort();
    const world = { files: deliveryFiles, stateFolder, interrupted: stop.signal };
    const line = [...`serve ${here} --https --ca-out ca.pem`.split(" ")];
    const { code, out, written } = await run(line, world);
    expect(code).toBe(0);
    expect(out).toMatch(/^https:\/\/127\.0\.0\.1:\d+\/micropython\.bin /m);
    expect(out).toContain("This machine reaches its own address.");
    expect(textOf(written.get("ca.pem"))).toMatch(/^-----BEGIN CERTIFICATE-----/);
  });
});

describe("serve refuses", () => {
  const refused = async (line: string, world: World = {}) => {
    const { files, ...more } = world;
    const argv = ["serve", ...line.split(" ").filter((word) => word !== "")];
    const { code, out, err } = await run(argv, { files: { ...deliveryFiles, ...files }, ...more });
    expect(out).toBe("");
    return { code, err };
  };

  it.each<[what: string, line: string, world: World, code: number, expected: RegExp]>([
    [
      "a wrong image",
      "--repartitioner micropython.bin",
      {},
      1,
      /^error: 'micropython\.bin' is MicroPython .*\ncrossflash: Nothing is served\.\n$/,
    ],
    [
      "MicroPython for another chip",
      here,
      { files: { "micropython.bin": makeMicroPython({ chip: "esp32s3" }) } },
      1,
      /ESP32-S3/,
    ],
    ["a manifest that is not there", "other.json", {}, 2, /crossflash\.json is not there/],
    ["a repartitioner that is not there", "--repartitioner gone.bin", {}, 2, /gone\.bin/],
    [
      "an address of another machine",
      `${here} --address 1.2.3.4`,
      {},
      2,
      /has no '1\.2\.3\.4'\. It has 127\.0\.0\.1 \(lo\)/,
    ],
    ["an interface that is not there", `${here} --interface eth7`, {}, 2, /has no 'eth7'/],
    ["a port that is none", "--port 70000", {}, 2, /--port/],
    ["a token that can be guessed", "--token abc", {}, 2, /'--token TOKEN' must have 16 to 64/],
    [
      "such a token from outside",
      here,
      { environment: { CROSSFLASH_TOKEN: "a/b" } },
      2,
      /CROSSFLASH_TOKEN must have/,
    ],
    ["a token that nobody would see", `${here} --token new --format json`, {}, 2, /JSON does not tell it/],
    ["a number as a name", `${here} --name 10.0.0.1`, {}, 2, /'--name NAME' must be a name/],
    [
      "paths that meet below the token",
      `${here} --token ${TOKEN}`,
      {
        files: {
          "crossflash.json": JSON.stringify({
            ...deliveryManifest,
            delivery: {
              repartitioner: `http://127.0.0.1:9000/${TOKEN}/report`,
              micropython: "http://127.0.0.1:9000/micropython.bin",
            },
          }),
        },
      },
      1,
      /^crossflash: Nothing is served\. An address in "delivery" ends in \/report,/m,
    ],
    ["a certificate without its key", `${here} --cert a.pem`, {}, 2, /both --cert and --key/],
    [
      "a certificate that is none",
      `${here} --cert partitions.csv --key partitions.csv`,
      {},
      2,
      /none in PEM/,
    ],
    ["--ca-out without HTTPS", `${here} --ca-out ca.pem`, {}, 2, /only with --https/],
  ])("%s", async (_, line, world, code, expected) => {
    const told = await refused(line, world);
    expect(told.code).toBe(code);
    expect(told.err).toMatch(expected);
  });

  it("asks which of several addresses is meant, where somebody can answer", async () => {
    const address = (name: string, text: string) => ({ name, address: text, isInternal: false });
    const files = { "crossflash.json": JSON.stringify({ ...deliveryManifest, delivery: {} }) };
    const world: World = {
      files,
      addresses: [address("eth0", "203.0.113.1"), address("wlan0", "203.0.113.2")],
    };
    expect(await refused(here, world)).toMatchObject({
      code: 2,
      err: expect.stringContaining(
        "several addresses: 203.0.113.1 (eth0), 203.0.113.2 (wlan0). Say with --address",
      ),
    });
    // It is taken: only then is it found that this machine does not have it.
    expect(await refused(here, { ...world, answer: "2" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("203.0.113.2 is no address of this machine."),
    });
  });
});

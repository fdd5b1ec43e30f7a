import { connect } from "node:net";
import { describe, expect, it } from "vitest";
import { pattern } from "../../support/bytes";
import { ask, exchange, image, serve } from "./support/served";

const get = (path: string, ...headers: readonly string[]): string =>
  [`GET ${path} HTTP/1.1`, "Host: x", "Connection: close", ...headers, "", ""].join("\r\n");

/** However it was treated: the next device gets its image. */
async function expectServing(server: { readonly port: number }): Promise<void> {
  const { status, body } = await ask(server, image.path);
  expect([status, body.equals(image.bytes)]).toEqual([200, true]);
}

describe("hostile requests", () => {
  it.each([
    "/../crossflash.json",
    "/../../../../etc/passwd",
    "/..%2f..%2fetc%2fpasswd",
    "/%2e%2e/%2e%2e/etc/passwd",
    "/....//....//etc/passwd",
    "/..\\..\\windows\\win.ini",
    "/micropython.bin/../../etc/passwd",
    "/micropython.bin%00.txt",
    "//etc/passwd",
    "/./micropython.bin",
    "/repartitioner.bin/",
    "/constructor",
    "/__proto__",
    "/report/../micropython.bin",
    "*",
    "http://x",
    `/${"a".repeat(4000)}`,
  ])("%s is nowhere", async (path) => {
    const server = await serve();
    const answer = await exchange(server.port, get(path));
    expect(answer).toMatch(/^HTTP\/1\.1 404 /);
    expect(answer).toContain("There is nothing under this address.");
    expect(answer).not.toContain("passwd");
    await expectServing(server);
  });

  it.each<[what: string, text: string, status: number]>([
    ["a head without end", get(image.path, ...Array.from({ length: 2000 }, (_, i) => `X-${i}: ${i}`)), 431],
    ["one long field", get(image.path, `Cookie: ${"x".repeat(100_000)}`), 431],
    ["a target without end", get(`/${"a".repeat(100_000)}`), 431],
    ["no HTTP", "hello\r\n\r\n", 400],
    ["the hello of TLS", Buffer.from(pattern(200, 1).with(0, 0x16)).toString("latin1"), 400],
    ["a length that is none", "POST /report HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n", 400],
    [
      "two lengths",
      "POST /report HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
      400,
    ],
    [
      "a smuggled request",
      "POST /report HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nG",
      400,
    ],
    ["no host", `GET ${image.path} HTTP/1.1\r\n\r\n`, 400],
  ])("%s is refused", async (_, text, status) => {
    const server = await serve();
    expect(await exchange(server.port, text)).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
    await expectServing(server);
  });

  it.each(["bytes=0-0,1-1,2-2", `bytes=${"0-,".repeat(500)}0-`, "bytes=18446744073709551616-", "bytes=--5"])(
    "the range %s is refused",
    async (range) => {
      const server = await serve();
      const answer = await exchange(server.port, get(image.path, `Range: ${range}`));
      expect(answer).toMatch(/^HTTP\/1\.1 416 /);
      expect(answer.length).toBeLessThan(1000);
    },
  );

  it("who sends a head letter by letter is let go, and hinders nobody", async () => {
    const server = await serve({ limits: { headTime: 100, requestTime: 100 } });
    const slow = Array.from({ length: 50 }, () =>
      exchange(server.port, "GET /micropython.bin HTTP/1.1\r\nX: "),
    );
    await expectServing(server);
    for (const answer of await Promise.all(slow)) expect(answer).toMatch(/^(HTTP\/1\.1 408 .*)?/);
    await server.event((event) => event.kind === "refused" && event.status === 408);
    await expectServing(server);
  });

  it("who never ends a report is let go", async () => {
    const server = await serve({ limits: { headTime: 100, requestTime: 100 } });
    const head = "POST /report HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\ncrossflash: ";
    expect(await exchange(server.port, head)).toMatch(/^HTTP\/1\.1 408 /);
    expect(server.events.filter(({ kind }) => kind === "reported")).toEqual([]);
  });

  it("who connects and says nothing is let go", async () => {
    const { port } = await serve({ limits: { headTime: 100, requestTime: 100, idleTime: 100 } });
    expect(await exchange(port, "")).toMatch(/^(HTTP\/1\.1 408 .*)?/);
  });

  it("more connections than there may be are turned away", async () => {
    const server = await serve({ limits: { connections: 3 } });
    const open = Array.from({ length: 3 }, () => connect(server.port, "127.0.0.1"));
    await Promise.all(open.map((socket) => new Promise((resolve) => socket.on("connect", resolve))));
    expect(await exchange(server.port, get(image.path))).toBe("");
    const closed = open.map((socket) => new Promise((resolve) => socket.on("close", resolve)));
    for (const socket of open) socket.destroy();
    await Promise.all(closed);
  });

  it("a body that nobody asked for changes nothing", async () => {
    const server = await serve();
    const { status } = await ask(server, "/nothing", { method: "PUT", body: pattern(500_000, 3) });
    expect(status).toBe(404);
    await expectServing(server);
  });

  it("who is refused again and again fills no log", async () => {
    const server = await serve({ limits: { toldRefusals: 5 } });
    for (let count = 0; count < 40; count++) expect((await ask(server, "/x")).status).toBe(404);
    expect(server.events).toHaveLength(5);
    await expectServing(server);
  });
});

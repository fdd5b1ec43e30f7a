import http from "node:http";
import { describe, expect, it } from "vitest";
import { ask, exchange, image, images, serve } from "./support/served";

const SIZE = image.bytes.length;
const ETAG = `"${image.sha256}"`;

describe("an image over HTTP", () => {
  it.each(images)("$image is there, with its length and the SHA-256 as its ETag", async (served) => {
    const { status, headers, body } = await ask(await serve(), served.path);
    expect({ status, ...headers }).toMatchObject({
      status: 200,
      etag: `"${served.sha256}"`,
      "accept-ranges": "bytes",
      "content-length": String(served.bytes.length),
      "content-type": "application/octet-stream",
    });
    expect(body.equals(served.bytes)).toBe(true);
  });

  it("tells of itself at HEAD, and sends nothing", async () => {
    const server = await serve();
    const { status, headers, body } = await ask(server, image.path, { method: "HEAD" });
    expect({ status, length: headers["content-length"], etag: headers.etag, body: body.length }).toEqual({
      status: 200,
      length: String(SIZE),
      etag: ETAG,
      body: 0,
    });
    expect(server.events).toMatchObject([{ kind: "looked", image: "micropython" }]);
  });

  it.each<[range: string, start: number, end: number]>([
    ["bytes=0-", 0, SIZE],
    ["bytes=700000-", 700_000, SIZE],
    ["bytes=100-199", 100, 200],
    ["bytes=-100", SIZE - 100, SIZE],
    [`bytes=${SIZE - 1}-${SIZE + 100}`, SIZE - 1, SIZE],
  ])("in part: %s", async (range, start, end) => {
    const { status, headers, body } = await ask(await serve(), image.path, { headers: { range } });
    expect({ status, ...headers }).toMatchObject({
      status: 206,
      etag: ETAG,
      "content-range": `bytes ${start}-${end - 1}/${SIZE}`,
      "content-length": String(end - start),
    });
    expect(body.equals(image.bytes.subarray(start, end))).toBe(true);
  });

  it.each<[what: string, headers: http.OutgoingHttpHeaders, status: number]>([
    ["a range behind the end", { range: `bytes=${SIZE}-` }, 416],
    ["many ranges", { range: "bytes=0-1,3-4" }, 416],
    ["the rest of the same image", { range: "bytes=5-", "if-range": ETAG }, 206],
    ["the rest of another image", { range: "bytes=5-", "if-range": '"0000"' }, 200],
    ["the rest by a date", { range: "bytes=5-", "if-range": "Sat, 01 Jan 2000 00:00:00 GMT" }, 200],
    ["what it has already", { "if-none-match": `"x", ${ETAG}` }, 304],
    ["what it does not have", { "if-none-match": '"x"' }, 200],
    ["exactly this image", { "if-match": ETAG }, 200],
    ["exactly another image", { "if-match": '"x"' }, 412],
    ["exactly one like this image", { "if-match": `W/${ETAG}` }, 412],
    ["what it has one like already", { "if-none-match": `W/"x", W/${ETAG}` }, 304],
    ["other units", { range: "pages=1-2" }, 200],
  ])("a client asks for %s", async (_, headers, status) => {
    const answer = await ask(await serve(), image.path, { headers });
    expect(answer.status).toBe(status);
    expect(answer.headers.etag).toBe(ETAG);
    if (status === 416) expect(answer.headers["content-range"]).toBe(`bytes */${SIZE}`);
    if (status !== 304) return;
    expect(answer.body).toHaveLength(0);
    expect(answer.headers).toMatchObject({ "cache-control": "no-cache" });
    expect(answer.headers).not.toHaveProperty("content-type");
  });

  it.each([
    ["POST", "/micropython.bin", 405, "GET, HEAD"],
    ["DELETE", "/micropython.bin", 405, "GET, HEAD"],
    ["OPTIONS", "/micropython.bin", 405, "GET, HEAD"],
    ["GET", "/report", 405, "POST"],
    ["GET", "/", 404, undefined],
    ["GET", "/crossflash.json", 404, undefined],
    ["GET", "/micropython.bin/", 404, undefined],
    ["GET", "/MICROPYTHON.bin", 404, undefined],
  ])("%s %s gets %i", async (method, path, status, allow) => {
    const answer = await ask(await serve(), path, { method });
    expect([answer.status, answer.headers.allow]).toEqual([status, allow]);
    expect(answer.headers["content-length"]).toBe(String(answer.body.length));
  });

  it("takes a query and the absolute form for what they are", async () => {
    const server = await serve();
    for (const path of [`${image.path}?v=2`, `${server.origin}${image.path}`])
      expect((await ask(server, path, { method: "HEAD" })).status).toBe(200);
  });

  it("keeps a connection for as many requests as a client likes, and pipelined ones in their order", async () => {
    const server = await serve();
    const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
    const ports = new Set<number | undefined>();
    agent.on("free", (socket) => ports.add(socket.localPort));
    for (const part of images) {
      expect((await ask(server, part.path, { agent })).body.equals(part.bytes)).toBe(true);
      expect((await ask(server, "/nothing", { agent })).status).toBe(404);
    }
    agent.destroy();
    expect(ports.size).toBe(1);
    const [first, last] = ["Range: bytes=0-3\r\n", "Range: bytes=-4\r\nConnection: close\r\n"];
    const get = (more: string) => `GET ${image.path} HTTP/1.1\r\nHost: x\r\n${more}\r\n`;
    const answer = await exchange(server.port, get(first) + get(last));
    expect(answer.match(/bytes \d+-\d+\/\d+/g)).toEqual([
      `bytes 0-3/${SIZE}`,
      `bytes ${SIZE - 4}-${SIZE - 1}/${SIZE}`,
    ]);
  });

  it("ends the connection where a client speaks HTTP/1.0 or asks for it", async () => {
    const server = await serve();
    for (const head of [
      `HEAD ${image.path} HTTP/1.0\r\n\r\n`,
      `HEAD ${image.path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`,
    ])
      expect(await exchange(server.port, head)).toMatch(
        /^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\nConnection: close\r\n/,
      );
  });

  it("says why its address cannot be had", async () => {
    const { port } = await serve();
    await expect(serve({ port })).rejects.toThrow(`Port ${port} of 127.0.0.1 is in use by another program.`);
    await expect(serve({ address: "203.0.113.1" })).rejects.toThrow(
      "203.0.113.1 is no address of this machine.",
    );
  });

  it("listens on the chosen address only", async () => {
    const { port } = await serve({ address: "127.0.0.1" });
    await expect(ask({ port }, image.path, { host: "127.0.0.2" })).rejects.toThrow("ECONNREFUSED");
  });

  it("reaches itself, without being a device", async () => {
    const server = await serve();
    expect(await server.check()).toBeUndefined();
    expect(server.events).toEqual([]);
    await server.close();
    expect(await server.check()).toMatch(/^Not even this machine gets 'repartitioner\.bin' .*ECONNREFUSED/);
  });
});

describe("a token", () => {
  const token = "0123456789abcdefXYZ-_";

  it("is the first part of every path", async () => {
    const server = await serve({ token });
    expect(server.urlOf(image)).toBe(`${server.origin}/${token}${image.path}`);
    expect((await ask(server, `/${token}${image.path}`)).status).toBe(200);
    const body = "crossflash: step=reset result=ok";
    expect((await ask(server, `/${token}/report`, { method: "POST", body })).status).toBe(204);
    expect(await server.check()).toBeUndefined();
  });

  it.each([
    image.path,
    "/report",
    `/${token}`,
    `/${token.slice(1)}${image.path}`,
    `/${token}x${image.path}`,
    `//${token}${image.path}`,
  ])("without it there is no %s", async (path) => {
    const server = await serve({ token });
    expect((await ask(server, path)).status).toBe(404);
    expect(JSON.stringify(server.events)).not.toContain(token.slice(1));
  });

  it("is in nothing that is told", async () => {
    const server = await serve({ token });
    await ask(server, `/${token}${image.path}`);
    expect(server.events.length).toBeGreaterThan(1);
    expect(JSON.stringify(server.events)).not.toContain(token);
  });
});

describe("reports", () => {
  const headers = { "X-Crossflash-Device": "24:6F:28:00:00:01", "Content-Type": "text/plain" };

  it("are told with the device that they come from", async () => {
    const server = await serve();
    const body = "I (312) crossflash: step=write-table result=failed attempt=2\n";
    expect((await ask(server, "/report", { method: "POST", headers, body })).status).toBe(204);
    expect(server.events).toEqual([
      {
        kind: "reported",
        at: 0,
        device: { mac: "24:6f:28:00:00:01", address: "127.0.0.1" },
        report: { step: "write-table", result: "failed", fields: { attempt: "2" } },
      },
    ]);
  });

  it.each(["me", "24:6f:28:00:00", "24:6f:28:00:00:01, 24:6f:28:00:00:02", "../../../../etc"])(
    "are of an address where '%s' is said to be the device",
    async (mac) => {
      const server = await serve();
      const body = "crossflash: step=reset result=ok";
      await ask(server, "/report", { method: "POST", headers: { "X-Crossflash-Device": mac }, body });
      expect(server.events).toMatchObject([{ kind: "reported", device: { address: "127.0.0.1" } }]);
      expect(JSON.stringify(server.events)).not.toContain(mac);
    },
  );

  it.each<[what: string, body: string, more: http.OutgoingHttpHeaders, status: number]>([
    ["no report", "hello", {}, 400],
    ["no known step", "crossflash: step=x result=ok", {}, 400],
    ["nothing", "", {}, 400],
    ["too long", "x".repeat(5000), {}, 413],
    ["too long and in pieces", "x".repeat(5000), { "Transfer-Encoding": "chunked" }, 413],
    ["of another type", "{}", { "Content-Type": "application/json" }, 415],
  ])("are refused where one is %s", async (_, body, more, status) => {
    const server = await serve();
    const answer = await ask(server, "/report", { method: "POST", headers: { ...headers, ...more }, body });
    expect(answer.status).toBe(status);
    expect(server.events).toMatchObject([{ kind: "refused", status }]);
  });
});

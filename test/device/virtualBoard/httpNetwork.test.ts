import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, onTestFinished, test } from "vitest";
import { httpNetwork } from "../../../device/virtualBoard/firmware/httpNetwork";
import type { DeviceNetwork } from "../../../device/virtualBoard/firmware/simulatedFirmware";
import { pattern } from "../../support/bytes";

const BYTES = pattern(20_000, 3);
const SHA256 = "a".repeat(64);

/** A network with one server, and the requests that it got. */
async function networkWith(answer: RequestListener, patience?: number) {
  const asked: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const at = (path: string): string => `http://127.0.0.1:${port}${path}`;
  const network = httpNetwork({
    images: { repartitioner: at("/repartitioner.bin"), micropython: at("/micropython.bin") },
    report: at("/report"),
    patience,
  });
  onTestFinished(() => {
    network.close();
    server.closeAllConnections();
    server.close();
  });
  return { network, asked };
}

async function readAll(network: DeviceNetwork): Promise<Uint8Array | undefined> {
  const pieces: Uint8Array[] = [];
  for (;;) {
    const piece = await network.read(4096);
    if (!piece) return undefined;
    expect(piece.length).toBeLessThanOrEqual(4096);
    if (piece.length === 0) return Buffer.concat(pieces);
    pieces.push(piece);
  }
}

const whole: RequestListener = (_, response) => {
  response.writeHead(200, { "Content-Length": BYTES.length, ETag: `"${SHA256}"` });
  response.end(BYTES);
};

describe("the network of a simulated device", () => {
  test("reads a file to its end, piece by piece, and tells who it is", async () => {
    const { network, asked } = await networkWith(whole);
    const offer = await network.open("micropython", 0, "24:0a:c4:00:00:01");
    expect(offer).toEqual({ status: 200, total: BYTES.length, start: 0, sha256: SHA256 });
    expect(Buffer.compare((await readAll(network)) ?? new Uint8Array(), BYTES)).toBe(0);
    expect(asked[0]?.url).toBe("/micropython.bin");
    expect(asked[0]?.headers).toMatchObject({ "x-crossflash-device": "24:0a:c4:00:00:01" });
    expect(asked[0]?.headers.range).toBe(undefined);
  });

  test("goes on in the middle of a file", async () => {
    const { network, asked } = await networkWith((_, response) => {
      response.writeHead(206, {
        "Content-Length": 1000,
        "Content-Range": `bytes ${BYTES.length - 1000}-${BYTES.length - 1}/${BYTES.length}`,
      });
      response.end(BYTES.subarray(-1000));
    });
    const offer = await network.open("repartitioner", BYTES.length - 1000, undefined);
    expect(offer).toEqual({
      status: 206,
      total: BYTES.length,
      start: BYTES.length - 1000,
      sha256: undefined,
    });
    expect((await readAll(network))?.length).toBe(1000);
    expect(asked[0]?.headers.range).toBe("bytes=19000-");
    expect(asked[0]?.headers["x-crossflash-device"]).toBe(undefined);
  });

  test("a connection that breaks gives nothing more", async () => {
    const { network } = await networkWith((_, response) => {
      response.writeHead(200, { "Content-Length": BYTES.length });
      response.write(BYTES.subarray(0, 5000), () => response.destroy());
    });
    await network.open("micropython", 0, undefined);
    expect(await readAll(network)).toBe(undefined);
  });

  test("a server that says nothing is given up", async () => {
    const { network } = await networkWith(() => undefined, 20);
    expect(await network.open("micropython", 0, undefined)).toBe(undefined);
  });

  test("a server that stops in the middle is given up", async () => {
    const { network } = await networkWith((_, response) => {
      response.writeHead(200, { "Content-Length": BYTES.length });
      response.write(BYTES.subarray(0, 5000));
    }, 20);
    await network.open("micropython", 0, undefined);
    expect(await readAll(network)).toBe(undefined);
  });

  test("nobody at the address is no fault of the device, of reports neither", async () => {
    const network = httpNetwork({
      images: { repartitioner: "http://127.0.0.1:1/a", micropython: "http://127.0.0.1:1/b" },
      report: "http://127.0.0.1:1/report",
    });
    expect(await network.connect()).toBe(true);
    expect(await network.open("micropython", 0, undefined)).toBe(undefined);
    expect(await network.read(10)).toBe(undefined);
    await network.report("crossflash: step=reset result=ok", "24:0a:c4:00:00:01");
    network.close();
  });

  test("a report is one line of text", async () => {
    const bodies: string[] = [];
    const { network, asked } = await networkWith((request, response) => {
      request.on("data", (piece) => bodies.push(String(piece)));
      request.on("end", () => response.writeHead(204).end());
    });
    await network.report("crossflash: step=reset result=ok", "24:0a:c4:00:00:01");
    expect(bodies).toEqual(["crossflash: step=reset result=ok"]);
    expect(asked[0]).toMatchObject({ method: "POST", url: "/report" });
    expect(asked[0]?.headers["content-type"]).toBe("text/plain");
  });
});

import http from "node:http";
import { describe, expect, it, onTestFinished } from "vitest";
import { servedPage } from "../../../client/serving/servedPage";
import { serving } from "../../../client/serving/serving";
import * as ota from "../../../device/otaServer/index";
import { images } from "../../device/otaServer/support/served";

const options = { images, address: "127.0.0.1", port: 0, token: undefined, certificate: undefined };

function window() {
  const lines: string[] = [];
  let changes = 0;
  const server = serving({ load: async () => ota, now: () => 5, log: (line) => lines.push(line) });
  server.onChange(() => changes++);
  onTestFinished(() => server.stop());
  return { server, lines, changes: () => changes };
}

const get = (url: string): Promise<number | undefined> =>
  new Promise((resolve, reject) => {
    const request = http.get(url, { agent: false }, (response) => {
      response.resume();
      response.on("end", () => resolve(response.statusCode));
    });
    request.on("error", reject);
  });

describe("the server of a window", () => {
  it("runs from start to stop, and keeps what it knows of devices", async () => {
    const { server, lines, changes } = window();
    expect(server.current()).toBeUndefined();
    const served = await server.start(options);
    expect(server.current()).toBe(served);
    const [image] = images;
    if (!image) throw new Error("no image");
    const url = served.server.urlOf(image);
    expect(await get(url)).toBe(200);
    expect(lines).toContain("127.0.0.1: It asks for the repartitioner.");
    await server.stop();
    expect([server.current(), changes()]).toEqual([undefined, 2]);
    expect(server.devices()).toMatchObject([{ id: "127.0.0.1" }]);
    await expect(get(url)).rejects.toThrow("ECONNREFUSED");
  });

  it("is one, also where two are asked for at once", async () => {
    const { server } = window();
    const both = await Promise.allSettled([server.start(options), server.start(options)]);
    expect(both.map(({ status }) => status)).toEqual(["fulfilled", "rejected"]);
    await expect(server.start(options)).rejects.toThrow("OTA images are being served already.");
  });

  it("can be started again after it could not", async () => {
    const { server } = window();
    await expect(server.start({ ...options, address: "203.0.113.1" })).rejects.toThrow("is no address");
    await server.start(options);
  });

  it("is stopped without a word where it does not run", async () => {
    await window().server.stop();
  });
});

describe("the page of what is served", () => {
  it("has the addresses, a code with a text beside it, and nothing that runs", async () => {
    const { server } = window();
    const served = await server.start({ ...options, token: "0123456789abcdef" });
    const [first] = served.images;
    if (!first) throw new Error("no image");
    const hostile = { ...served, images: [{ ...first, name: "<script>alert(1)</script>" }] };
    const page = servedPage(hostile, ota.qrSvg);
    expect(page).toContain(served.server.urlOf(first));
    expect(page).toContain("Content-Security-Policy");
    expect(page).toMatch(/role="img" aria-label="QR code of the address of the repartitioner"/);
    expect(page).toContain("<svg");
    expect(page).not.toContain("<script");
    expect(page).not.toMatch(/style=/);
    expect(page).not.toContain("server.pem");
    const authority = "-----BEGIN CERTIFICATE-----";
    expect(servedPage({ ...served, authority }, ota.qrSvg)).toContain(`<pre>${authority}</pre>`);
  });
});

import { describe, expect, it } from "vitest";
import { belowToken, placeOf } from "../../../core/delivery/address";
import { publicAddresses } from "../../../core/scaffold/addresses";
import { ask, images, serve, type TestServer } from "./support/served";

/** As `crossflash serve` serves a migration whose devices download MicroPython from `micropython`. */
function serveAs(micropython: string, token?: string): Promise<TestServer> {
  const urls = { micropython, repartitioner: undefined };
  const placed = images.map((one) => ({ ...one, ...placeOf(one.image, urls[one.image]) }));
  return serve({ images: belowToken(placed, token), token });
}

/** What a device sends that has this address built in. */
const pathOf = (url: string): string => url.replace(/^https?:\/\/[^/?#]+/, "").replace(/#.*$/, "");

const report = (server: TestServer, path: string) =>
  ask(server, path, { method: "POST", body: "crossflash: step=check-target result=ok" });

describe("reports arrive where the project of the repartitioner sends them", () => {
  it.each<[micropython: string, token: string | undefined, at: string]>([
    ["http://h:9000/micropython.bin", undefined, "/report"],
    ["http://h:9000/fw/micropython.bin", undefined, "/fw/report"],
    ["http://h:9000/fw/1.24/micropython.bin?to=/a/b#c/d", undefined, "/fw/1.24/report"],
    ["http://h:9000/fw/", undefined, "/fw/report"],
    ["http://h:9000/a%20b//mp.bin", undefined, "/a%20b//report"],
    ["https://updates.example/fw/mp.bin", undefined, "/fw/report"],
    ["http://[2001:db8::1]:9000/fw/mp.bin", undefined, "/fw/report"],
    ["http://h:9000/abcdefghijklmnopqrstuv_-/mp.bin", undefined, "/abcdefghijklmnopqrstuv_-/report"],
    [
      "http://h:9000/abcdefghijklmnopqrstuv_-/mp.bin",
      "abcdefghijklmnopqrstuv_-",
      "/abcdefghijklmnopqrstuv_-/report",
    ],
    ["http://h:9000/tok/micropython.bin", "tok", "/tok/report"],
    ["http://h:9000/tok/fw/micropython.bin?v=1", "tok", "/tok/fw/report"],
    ["http://h:9000/tok/", "tok", "/tok/report"],
  ])("%s with the token %s", async (micropython, token, at) => {
    const server = await serveAs(micropython, token);
    const built = publicAddresses({ delivery: { micropython } });
    expect(pathOf(built.report)).toBe(at);
    expect((await ask(server, pathOf(built.micropython), { method: "HEAD" })).status).toBe(200);
    expect((await report(server, pathOf(built.report))).status).toBe(204);
    expect(server.reportUrl).toBe(`${server.origin}${at}`);
  });

  it.each(["http://h:9000", "http://h:9000/", "http://h:9000?v=1"])(
    "%s names no file",
    async (micropython) => {
      const server = await serveAs(micropython);
      expect(publicAddresses({ delivery: { micropython } }).report).toBe("http://h:9000/report");
      expect((await report(server, "/report")).status).toBe(204);
    },
  );
});

describe("a server whose devices have its token in rp_secrets.h", () => {
  it("takes reports below it, beside MicroPython and at /report, and nowhere else", async () => {
    const server = await serveAs("http://h:9000/fw/micropython.bin", "tok");
    const paths = [
      "/tok/fw/report",
      "/tok/report",
      "/tok/fw/report?x=1",
      "/fw/report",
      "/report",
      "/tok/fw/fw/report",
    ];
    const answers = await Promise.all(paths.map((path) => report(server, path)));
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204, 404, 404, 404]);
    expect(server.reportUrl).toBe(`${server.origin}/tok/fw/report`);
  });
});

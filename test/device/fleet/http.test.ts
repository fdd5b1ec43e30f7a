import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { httpClient } from "../../../device/fleet/http";
import { serverAddress } from "../../../device/fleet/serverAddress";
import { fakeHawkbit } from "../../support/hawkbit/server";

const client = (url: string, timeout?: number) =>
  httpClient({ url, authorization: "Basic secret", timeout, pause: async () => undefined });

/** A server that does one thing with every request. */
async function serverWith(handle: Parameters<typeof createServer>[1]) {
  const server = createServer(handle ?? (() => undefined));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("a request", () => {
  it("does not follow to another place, where the credentials would go along", async () => {
    let reached = 0;
    await using other = await serverWith((_, response) => {
      reached++;
      response.end("{}");
    });
    await using server = await serverWith((_, response) =>
      response.writeHead(302, { Location: other.url }).end(),
    );
    const answer = await client(server.url)({ method: "GET", path: "/" });
    expect({ answer, reached }).toEqual({
      answer: { ok: true, value: { status: 302, json: undefined } },
      reached: 0,
    });
  });

  it("is given up where nothing answers", async () => {
    await using server = await serverWith(() => undefined);
    const answer = await client(server.url, 1)({ method: "POST", path: "/" });
    expect(answer).toMatchObject({ ok: false, reason: "unreachable" });
  });

  it("does not take a page for an answer", async () => {
    await using server = await serverWith((_, response) => response.end("<html>Log in</html>"));
    const answer = await client(server.url)({ method: "GET", path: "/" });
    expect(answer).toMatchObject({ ok: false, reason: "answer" });
  });

  it("does not read an answer without end", async () => {
    await using server = await serverWith((_, response) => {
      response.on("error", () => undefined);
      const piece = Buffer.alloc(0x100000, " ");
      const more = (): void => {
        response.write(piece, (error) => error || more());
      };
      more();
    });
    const answer = await client(server.url)({ method: "GET", path: "/" });
    expect(answer).toMatchObject({ ok: false, reason: "answer" });
  });

  it("tells why nobody is there, and no secret", async () => {
    const answer = await client("http://127.0.0.1:1")({ method: "GET", path: "/" });
    expect(answer).toMatchObject({ ok: false, reason: "unreachable" });
    expect(JSON.stringify(answer)).not.toContain("secret");
  });
});

describe("the address of a server", () => {
  it.each([
    ["https://hawkbit.example.com/", "https://hawkbit.example.com"],
    ["https://example.com/hawkbit//", "https://example.com/hawkbit"],
    ["http://localhost:8080", "http://localhost:8080"],
    ["http://127.1.2.3", "http://127.1.2.3"],
    ["http://[::1]:8080", "http://[::1]:8080"],
  ])("may be %s", (given, address) => {
    expect(serverAddress(given, false)).toEqual({ ok: true, value: address });
  });

  it.each([
    ["hawkbit", /must be an address/],
    ["ftp://example.com", /must be an address/],
    ["https://me:secret@example.com", /must not hold a user/],
    ["https://example.com/?a=b", /must end before/],
    ["http://hawkbit.example.com", /not encrypted/],
    ["http://127.0.0.1.example.com", /not encrypted/],
    ["http://localhost.example.com", /not encrypted/],
  ])("must not be %s", (given, message) => {
    expect(serverAddress(given, false)).toEqual({
      ok: false,
      reason: "address",
      at: 0,
      message: expect.stringMatching(message),
    });
  });

  it("may be another machine without encryption where that is said", () => {
    expect(serverAddress("http://10.0.0.7:8080", true)).toMatchObject({ ok: true });
  });
});

describe("the hawkBit of the tests", () => {
  it.each<[string, Parameters<ReturnType<typeof client>>[0]]>([
    ["another path", { method: "GET", path: "/rest/v1/modules" }],
    ["another parameter", { method: "GET", path: "/rest/v1/targets", parameters: { query: "a==b" } }],
    ["a body that is no list", { method: "POST", path: "/rest/v1/softwaremodules", json: {} }],
    [
      "a field that it does not know",
      { method: "POST", path: "/rest/v1/targetfilters", json: { name: "a", query: "b==c", x: 1 } },
    ],
    ["a field that is missing", { method: "POST", path: "/rest/v1/targetfilters", json: { name: "a" } }],
    ["a file in JSON", { method: "POST", path: "/rest/v1/softwaremodules/1/artifacts", json: {} }],
    [
      "a group below 1 %",
      {
        method: "POST",
        path: "/rest/v1/rollouts",
        json: {
          name: "a",
          targetFilterQuery: "b==c",
          distributionSetId: 1,
          groups: [{ name: "g", targetPercentage: 0.5 }],
        },
      },
    ],
  ])("refuses %s", async (_, request) => {
    await using hawkbit = await fakeHawkbit({ targets: {} });
    const send = httpClient({
      url: hawkbit.url,
      authorization: "Bearer a.token.of-openid",
      pause: async () => undefined,
    });
    expect(await send(request)).toMatchObject({ value: { status: 400 } });
    expect(hawkbit.violations.length).toBe(1);
  });

  it("refuses who it does not know", async () => {
    await using hawkbit = await fakeHawkbit({ targets: {} });
    const answer = await client(hawkbit.url)({ method: "GET", path: "/rest/v1/targets" });
    expect(answer).toMatchObject({ value: { status: 401 } });
  });
});

import { X509Certificate } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type ConnectionOptions, connect } from "node:tls";
import { afterAll, describe, expect, it } from "vitest";
import { givenCertificate } from "../../../device/otaServer/certificate";
import { ownCertificate } from "../../../device/otaServer/ownCertificate";
import { exchange, serve } from "./support/served";

const folder = mkdtempSync(join(tmpdir(), "crossflash-certificate-"));
afterAll(() => rmSync(folder, { recursive: true }));

const NOW = Date.now();
const DAY = 86_400_000;

async function made(address = "127.0.0.1", at = folder) {
  const certificate = await ownCertificate(at, { address }, NOW);
  if (!certificate.ok) throw new Error(certificate.message);
  return certificate.value;
}

describe("the certificate of our own authority", () => {
  it("names the address, and is signed by an authority that stays", async () => {
    const [first, second] = [await made(), await made("192.168.1.10")];
    expect(second.authority).toBe(first.authority);
    const [authority, own] = [new X509Certificate(first.authority), new X509Certificate(second.chain)];
    expect(own.checkIssued(authority) && own.verify(authority.publicKey)).toBe(true);
    expect(own.checkIP("192.168.1.10")).toBe("192.168.1.10");
    expect(own.checkIP("127.0.0.1")).toBeUndefined();
    expect([authority.ca, own.ca]).toEqual([true, false]);
    expect(Date.parse(authority.validTo)).toBeGreaterThan(NOW + 3000 * DAY);
  });

  it("keeps its key where only the user can read it", async () => {
    await made();
    const kept = join(folder, "update-server");
    expect(readdirSync(kept).toSorted()).toEqual(["ca-key.pem", "ca.pem"]);
    if (process.platform !== "win32") expect(statSync(join(kept, "ca-key.pem")).mode & 0o077).toBe(0);
    expect(readFileSync(join(kept, "ca.pem"), "utf8")).not.toContain("PRIVATE");
  });

  it("is one, however many servers start for the first time at once", async () => {
    const fresh = mkdtempSync(join(folder, "fresh-"));
    const all = await Promise.all(Array.from({ length: 4 }, () => made("127.0.0.1", fresh)));
    expect(new Set(all.map(({ authority }) => authority)).size).toBe(1);
    const authority = new X509Certificate(all[0]?.authority ?? "");
    for (const { chain } of all) expect(new X509Certificate(chain).verify(authority.publicKey)).toBe(true);
    expect(readdirSync(fresh)).toEqual(["update-server"]);
  });

  it.each(["ca.pem", "ca-key.pem"])("is made anew where %s is missing", async (name) => {
    const half = mkdtempSync(join(folder, "half-"));
    const before = await made("127.0.0.1", half);
    rmSync(join(half, "update-server", name));
    const after = await made("127.0.0.1", half);
    expect(after.authority).not.toBe(before.authority);
    expect((await made("127.0.0.1", half)).authority).toBe(after.authority);
  });

  it("is not made by a key of another authority", async () => {
    const [own, other] = [mkdtempSync(join(folder, "own-")), mkdtempSync(join(folder, "other-"))];
    await made("127.0.0.1", own);
    await made("127.0.0.1", other);
    const key = readFileSync(join(other, "update-server", "ca-key.pem"));
    writeFileSync(join(own, "update-server", "ca-key.pem"), key);
    expect(await ownCertificate(own, { address: "127.0.0.1" }, NOW)).toMatchObject({
      ok: false,
      message: expect.stringContaining("ca.pem and ca-key.pem do not belong together"),
    });
  });

  it("says by whom it is signed, as strict clients want it", async () => {
    const { chain } = await made();
    const authorityKeyIdentifier = Buffer.from("0603551d23", "hex");
    expect(new X509Certificate(chain).raw.includes(authorityKeyIdentifier)).toBe(true);
  });

  it("is what a server shows, and the server reaches itself by it", async () => {
    const server = await serve({ certificate: await made() });
    expect(server.isSecure).toBe(true);
    expect(await server.check()).toBeUndefined();
  });

  it("does not do for a server at another address", async () => {
    const server = await serve({ certificate: await made("192.168.1.10") });
    expect(await server.check()).toMatch(/^Not even this machine gets/);
  });

  const speakTls = (port: number, options: ConnectionOptions) =>
    new Promise<void>((resolve) => {
      const socket = connect({ port, host: "127.0.0.1", ...options });
      socket.on("error", () => undefined);
      socket.on("close", () => resolve());
    });

  it.each<[what: string, ask: (port: number) => Promise<unknown>, why: RegExp]>([
    [
      "speaks without encryption",
      (port) => exchange(port, "GET /micropython.bin HTTP/1.1\r\nHost: x\r\n\r\n"),
      /^It speaks HTTP without encryption/,
    ],
    [
      "is too old",
      (port) => speakTls(port, { minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }),
      /^It knows no version of TLS/,
    ],
  ])("is told of where a device %s", async (_, ask, why) => {
    const server = await serve({ certificate: await made() });
    await ask(server.port);
    const told = await server.event(({ kind }) => kind === "refused");
    expect(told).toMatchObject({
      device: { address: "127.0.0.1" },
      status: undefined,
      why: expect.stringMatching(why),
    });
  });

  it("says what to do where the authority cannot be used", async () => {
    const broken = mkdtempSync(join(folder, "broken-"));
    await made("127.0.0.1", broken);
    writeFileSync(join(broken, "update-server", "ca-key.pem"), "no key");
    expect(await ownCertificate(broken, { address: "127.0.0.1" }, NOW)).toMatchObject({
      ok: false,
      message: expect.stringMatching(
        /^The certificate authority in '.*' cannot be used: .* Remove the folder/,
      ),
    });
  });
});

describe("a certificate that is given", () => {
  const taken = async (changes: object, address = "127.0.0.1", now = NOW, name?: string) => {
    const { chain, key } = await made();
    const given = givenCertificate({ chain, key, ...changes }, { address, name }, now);
    return given.ok ? "taken" : given.message;
  };

  it.each<[what: string, changes: object, address: string, now: number, expected: RegExp]>([
    ["that fits is taken", {}, "127.0.0.1", NOW, /^taken$/],
    ["that is none is refused", { chain: "x" }, "127.0.0.1", NOW, /^The certificate is none in PEM/],
    ["with a key that is none", { key: "x" }, "127.0.0.1", NOW, /^The key is none in PEM/],
    ["for another address", {}, "10.0.0.1", NOW, /^The certificate is not for 10\.0\.0\.1/],
    ["of an earlier year", {}, "127.0.0.1", NOW + 366 * DAY, /^The certificate was valid until/],
  ])("%s", async (_, changes, address, now, expected) => {
    expect(await taken(changes, address, now)).toMatch(expected);
  });

  it("is for the name, where devices know one", async () => {
    const place = { address: "127.0.0.1", name: "localhost" };
    const own = await ownCertificate(folder, place, NOW);
    if (!own.ok) throw new Error(own.message);
    expect(await taken(own.value, "10.0.0.1", NOW, "localhost")).toBe("taken");
    expect(await taken(own.value, "127.0.0.1", NOW, "other.example.com")).toMatch(
      /^The certificate is not for other\.example\.com/,
    );
    const server = await serve({ certificate: own.value, name: "localhost" });
    expect(server.reportUrl).toBe(`https://localhost:${server.port}/report`);
    expect(await server.check()).toBeUndefined();
  });

  it("with the key of another one is refused", async () => {
    const { key } = await made();
    expect(await taken({ key })).toMatch(/^The key is not the one of this certificate/);
  });
});

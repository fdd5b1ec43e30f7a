import { execFile } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it, onTestFinished } from "vitest";
import { ownCertificate } from "../../../device/otaServer/ownCertificate";
import { runs } from "../support/python";
import { image, serve } from "./support/served";

const hasCurl = runs("curl", "--version");
const curl = async (...args: readonly string[]): Promise<string> =>
  (await promisify(execFile)("curl", ["-q", "--silent", "--show-error", "--noproxy", "*", ...args])).stdout;

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "crossflash-curl-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe.skipIf(!hasCurl)("curl as a client", () => {
  it.each([[["--http1.1"]], [["--http1.0"]], [["--limit-rate", "8M"]], [["-H", "Connection: close"]]])(
    "fetches an image with %j",
    async (options) => {
      const server = await serve();
      const file = join(newFolder(), "out.bin");
      await curl(...options, "--fail", "-o", file, server.urlOf(image));
      expect(readFileSync(file).equals(image.bytes)).toBe(true);
    },
  );

  it("goes on with what it has", async () => {
    const server = await serve();
    const file = join(newFolder(), "out.bin");
    writeFileSync(file, image.bytes.subarray(0, 654_321));
    await curl("--fail", "-C", "-", "-o", file, server.urlOf(image));
    expect(readFileSync(file).equals(image.bytes)).toBe(true);
    expect(server.events).toContainEqual(expect.objectContaining({ kind: "asked", position: 654_321 }));
  });

  it("fetches parts, and all parts are the image", async () => {
    const server = await serve();
    const folder = newFolder();
    const parts = ["0-99999", "100000-1000000", "1000001-"].map((range, index) => ({
      range,
      file: join(folder, `${index}`),
    }));
    for (const { range, file } of parts) await curl("--fail", "-r", range, "-o", file, server.urlOf(image));
    const whole = Buffer.concat(parts.map(({ file }) => readFileSync(file)));
    expect(whole.equals(image.bytes)).toBe(true);
  });

  it("asks for the head, and is told by its status what went wrong", async () => {
    const server = await serve();
    expect(await curl("--head", server.urlOf(image))).toContain(`Content-Length: ${image.bytes.length}\r\n`);
    const status = (...args: readonly string[]) => curl("-o", "-", "-w", "\n%{http_code}", ...args);
    expect(await status(`${server.origin}/`)).toMatch(/\n404$/);
    expect(await status("-r", "99999999-", server.urlOf(image))).toMatch(/\n416$/);
    expect(await status("--path-as-is", `${server.origin}/../../etc/passwd`)).toMatch(/\n404$/);
  });

  it("reports steps as the repartitioner does", async () => {
    const server = await serve();
    const line = "crossflash: step=download-micropython result=ok";
    const mac = "X-Crossflash-Device: 24:6f:28:00:00:09";
    await curl(
      "--fail",
      "-H",
      mac,
      "-H",
      "Content-Type: text/plain",
      "--data-binary",
      line,
      server.reportUrl,
    );
    expect(server.events).toMatchObject([
      { kind: "reported", device: { mac: "24:6f:28:00:00:09" }, report: { step: "download-micropython" } },
    ]);
  });

  it("trusts the server by the authority that devices are built with, and by no other", async () => {
    const folder = newFolder();
    const made = await ownCertificate(folder, { address: "127.0.0.1" }, Date.now());
    if (!made.ok) throw new Error(made.message);
    const server = await serve({ certificate: made.value });
    const [ca, file] = [join(folder, "ca.pem"), join(folder, "out.bin")];
    writeFileSync(ca, made.value.authority);
    await curl("--fail", "--cacert", ca, "-o", file, server.urlOf(image));
    expect(readFileSync(file).equals(image.bytes)).toBe(true);
    await expect(curl("--fail", server.urlOf(image))).rejects.toThrow(/certificate/i);
    expect(await server.event(({ kind }) => kind === "refused")).toMatchObject({
      device: { address: "127.0.0.1" },
      status: undefined,
      why: expect.stringContaining("does not accept the certificate"),
    });
  });
});

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildHostProgram, findCompiler } from "../../scripts/firmware.mjs";

type Headers = Readonly<Record<string, string>>;

const digest = "0123456789abcdef".repeat(4);

describe.skipIf(!findCompiler())("what the repartitioner makes of an answer", () => {
  let folder = "";
  let program = "";

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "crossflash-"));
    program = await buildHostProgram(join(folder, "headers"), [
      "host_test/rp_headers_main.c",
      "port/rp_headers.c",
    ]);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const checkAnswer = (
    status: number,
    length: number | undefined,
    headers: Headers,
    expected: string,
  ): void =>
    expect(
      execFileSync(
        program,
        [String(status), length === undefined ? "-" : String(length), ...Object.entries(headers).flat()],
        { encoding: "utf8" },
      ).trim(),
    ).toBe(expected);

  it("takes a whole file", () =>
    checkAnswer(
      200,
      1_505_088,
      { "Content-Type": "application/octet-stream", ETag: `"${digest}"` },
      `status=200 total=1505088 start=0 sha256=${digest}`,
    ));

  it("takes a whole file of unknown length", () =>
    checkAnswer(200, undefined, {}, "status=200 total=unknown start=0 sha256=unknown"));

  it("takes the rest of a file, whatever the case of letters", () =>
    checkAnswer(
      206,
      1_500_992,
      { "content-range": "Bytes 4096-1505087/1505088", etag: `"${digest.toUpperCase()}"` },
      `status=206 total=1505088 start=4096 sha256=${digest}`,
    ));

  it("takes a rest whose length was not told", () =>
    checkAnswer(
      206,
      undefined,
      { "Content-Range": "bytes 4096-1505087/1505088" },
      "status=206 total=1505088 start=4096 sha256=unknown",
    ));

  it("has a refusal go on to the core", () =>
    checkAnswer(404, 9, {}, "status=404 total=9 start=0 sha256=unknown"));

  it.each([
    ["no range at all", {}],
    ["half a start", { "Content-Range": "bytes 40" }],
    ["half an end", { "Content-Range": "bytes 4096-15050" }],
    ["half a total", { "Content-Range": "bytes 4096-1505087/15050" }],
    ["a total that is not told", { "Content-Range": "bytes 4096-1505087/*" }],
    ["an end before its start", { "Content-Range": "bytes 4096-4095/1505088" }],
    ["an end behind the file", { "Content-Range": "bytes 4096-1505088/1505088" }],
    ["another length", { "Content-Range": "bytes 4096-1505086/1505088" }],
    ["another unit", { "Content-Range": "sectors 1-367/368" }],
    ["something behind it", { "Content-Range": "bytes 4096-1505087/1505088 " }],
    ["more than flash can hold", { "Content-Range": "bytes 4096-99999999999/1505088" }],
    ["a number beyond 64 bits", { "Content-Range": `bytes ${"9".repeat(40)}-1/2` }],
    ["a negative start", { "Content-Range": "bytes -4096-1505087/1505088" }],
  ] satisfies [string, Headers][])("refuses a part with %s", (_, headers) =>
    checkAnswer(206, 1_500_992, headers, "refused"),
  );

  it.each([
    ["is weak", `W/"${digest}"`],
    ["has no quotes", digest],
    ["is shorter", `"${digest.slice(1)}"`],
    ["is longer", `"${digest}0"`],
    ["has other letters", `"${digest.replace("f", "g")}"`],
    ["is half", `"${digest.slice(0, 32)}`],
    ["is empty", ""],
  ])("knows no SHA-256 from a tag that %s", (_, ETag) =>
    checkAnswer(200, 10, { ETag }, "status=200 total=10 start=0 sha256=unknown"),
  );
});

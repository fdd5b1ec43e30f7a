import { describe, expect, it } from "vitest";
import { configOf, expectedImage } from "../../../core/sim/repartitioner/configOf";
import { decodeTable } from "../../../core/table/decode";
import { balancedTarget, inputOf, publishedTarget } from "../../core/migrate/plan/plans";

const image = { size: 1_464_336, sha256: "aa", headSha256: "bb" };

describe("what a repartitioner is told", () => {
  it.each([
    [publishedTarget, 0x150000, 0x2d0000, 0x130000],
    [balancedTarget, 0x190000, 0x310000, 0xf0000],
  ])("has the places of the plan: %s", (target, receiver, filesystem, size) => {
    const input = inputOf({ target });
    const config = configOf(input, image);
    if (!config.ok) throw new Error(config.message);
    const { sourceTable, targetTable, ...places } = config.value;
    expect(places).toEqual({
      tableOffset: 0x8000,
      bootloaderOffset: 0x1000,
      chipId: 0,
      runnerOffset: 0x10000,
      receiverOffset: receiver,
      filesystemOffset: filesystem,
      eraseList: [{ offset: filesystem, size }],
      micropython: image,
    });
    expect([sourceTable.length, targetTable.length]).toEqual([0xc00, 0x1000]);
    expect(decodeTable(sourceTable)).toMatchObject({ value: { entries: input.source.entries } });
    expect(decodeTable(targetTable.subarray(0, 0xc00))).toMatchObject({ value: { entries: input.target } });
    expect(targetTable.subarray(0xc00).every((byte) => byte === 0xff)).toBe(true);
  });

  it("has an MD5 row in both tables or in neither", () => {
    const input = inputOf({});
    const rows = [true, false].map((md5Row) => {
      const config = configOf({ ...input, facts: { ...input.facts, md5Row } }, image);
      if (!config.ok) throw new Error(config.message);
      const { sourceTable, targetTable } = config.value;
      return [sourceTable, targetTable].map((table) => table[5 * 32]);
    });
    expect(rows).toEqual([
      [0xeb, 0xeb],
      [0xff, 0xff],
    ]);
  });

  it.each([
    ["no-chip", inputOf({}), { chip: undefined }],
    ["no-otadata", inputOf({ source: "a, app, ota_0, 0x10000, 1M\nb, app, ota_1, 0x110000, 1M" }), {}],
    ["no-second-slot", inputOf({ source: "a, app, factory, 0x10000, 1M" }), {}],
    ["target", inputOf({ target: publishedTarget.replace("vfs", "www") }), {}],
    ["target", inputOf({ target: publishedTarget.replace("ota_0, 0x10000", "ota_2, 0x10000") }), {}],
  ] as const)("is nothing where it would be wrong: %s", (reason, input, facts) => {
    expect(configOf({ ...input, facts: { ...input.facts, ...facts } }, image)).toMatchObject({
      ok: false,
      reason,
    });
  });

  it("knows an image by its whole and by its first sector", () => {
    const long = new Uint8Array(0x1001).fill(1);
    expect(expectedImage(long)).toEqual({
      size: 0x1001,
      sha256: expect.not.stringMatching(expectedImage(long.subarray(0, 0x1000)).sha256),
      headSha256: expectedImage(long.subarray(0, 0x1000)).sha256,
    });
    const short = expectedImage(new Uint8Array(3));
    expect(short.headSha256).toBe(short.sha256);
  });
});

import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { bundleFiles } from "../../../core/fleet/bundle/files";
import { readBundle } from "../../../core/fleet/bundle/read";
import { releaseSchema } from "../../../core/fleet/bundle/schema";
import { type BundleFile, parseSums, SUMS_NAME, sumsText } from "../../../core/fleet/bundle/sums";
import { releaseOf } from "../../../core/fleet/release";
import { imagesOf, inputOf, made, manifest, release } from "./releases";

const input = inputOf();
const files = bundleFiles(release, input, manifest);
const textOf = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);
const bytesOf = (text: string) => new TextEncoder().encode(text);
const jsonOf = (path: string) => JSON.parse(textOf(files.find((file) => file.path === path)?.bytes));

const read = (list: readonly BundleFile[]) =>
  readBundle(async (path) => list.find((file) => file.path === path)?.bytes);

/** The bundle with one file changed; with `isSummed` somebody made the sums again. */
function changed(path: string, change: (text: string) => string, isSummed: boolean): readonly BundleFile[] {
  const others = files.map((file) =>
    file.path === path ? { path, bytes: bytesOf(change(textOf(file.bytes))) } : file,
  );
  if (!isSummed) return others;
  const kept = others.filter((file) => file.path !== SUMS_NAME);
  return [...kept, { path: SUMS_NAME, bytes: bytesOf(sumsText(kept)) }];
}

describe("a bundle", () => {
  it("is read as it was written", async () => {
    expect(await read(files)).toEqual({
      ok: true,
      value: { release: expect.objectContaining(JSON.parse(JSON.stringify(release))), images: imagesOf },
    });
  });

  it.each([
    ["has no sums", files.filter(({ path }) => path !== SUMS_NAME), "missing"],
    ["lacks a file", files.filter(({ path }) => path !== "plan.md"), "missing"],
    ["has another README", changed("README.md", (text) => `${text} `, false), "changed"],
    ["has another image", changed(release.images[0]?.path ?? "", () => "x", true), "changed"],
    [
      "has another form",
      changed("release.json", (text) => text.replace("release-1", "release-2"), true),
      "form",
    ],
    ["has no JSON", changed("release.json", () => "{", true), "form"],
    ["has no release", changed("release.json", () => "[]", true), "form"],
    [
      "names an image outside",
      changed("release.json", (text) => text.replace("images/repart", "../images/repart"), true),
      "form",
    ],
    [
      "has a version that is a query",
      changed(
        "release.json",
        (text) => text.replace(`"version": "${release.version}"`, '"version": "a;b==c"'),
        true,
      ),
      "form",
    ],
    [
      "has a conclusion that moves the cursor",
      changed(
        "release.json",
        (text) => text.replace('"conclusion": [', '"conclusion": ["\\u001b[2J",'),
        true,
      ),
      "form",
    ],
    [
      "has a group of nobody",
      changed("release.json", (text) => text.replace('"size": 57', '"size": 0'), true),
      "form",
    ],
    [
      "has sums that leave the folder",
      changed(SUMS_NAME, (text) => text.replace("README.md", "../README.md"), false),
      "sums",
    ],
  ] as const)("is not published when it %s", async (_, list, reason) => {
    expect(await read(list)).toMatchObject({ ok: false, reason });
  });

  test("has sums that are read as they are written", () => {
    const name = fc.stringMatching(/^[A-Za-z0-9_][\w.-]{0,8}$/);
    fc.assert(
      fc.property(fc.uniqueArray(name, { maxLength: 9 }), fc.uint8Array(), (paths, bytes) => {
        const list = paths.map((path) => ({ path: `a/${path}`, bytes }));
        const found = parseSums(sumsText(list));
        expect(found.ok && [...found.value.keys()].toSorted()).toEqual(
          list.map(({ path }) => path).toSorted(),
        );
      }),
    );
  });

  test("names no path outside of its folder, whatever is in it", () => {
    const line = fc
      .tuple(fc.stringMatching(/^[0-9a-f]{64} {2}$/), fc.string())
      .map((parts) => parts.join(""));
    fc.assert(
      fc.property(fc.array(fc.oneof(line, fc.string())), (lines) => {
        const text = lines.join("\n");
        const found = parseSums(text);
        if (!found.ok) expect(found.at).toBeLessThanOrEqual(text.length);
        else for (const path of found.value.keys()) expect(path).not.toMatch(/^\/|\.\.(\/|$)|\\|:/);
      }),
    );
  });
});

describe("what lies in it for other fleet servers", () => {
  it("has the second stage of AWS IoT Jobs behind the attribute, for devices that come later too", () => {
    expect(jsonOf("aws-iot/2-micropython.json")).toMatchObject({
      targets: [expect.stringContaining(`attributes.crossflash_table:${release.version}`)],
      targetSelection: "CONTINUOUS",
    });
    const first = jsonOf("aws-iot/1-table.json");
    expect(first).toMatchObject({
      targetSelection: "SNAPSHOT",
      abortConfig: {
        criteriaList: [{ failureType: "FAILED", action: "CANCEL" }, { failureType: "TIMED_OUT" }],
      },
    });
    expect(JSON.parse(first.document)).toMatchObject({
      sha256: release.images[0]?.sha256,
      succeededWhen: "step=check-target result=ok",
    });
  });

  it("has the checksum for ThingsBoard, and the state that each report means", () => {
    const { upload, telemetry } = jsonOf("thingsboard/1-table.json");
    expect(upload).toMatchObject({ checksumAlgorithm: "SHA256", checksum: release.images[0]?.sha256 });
    expect(telemetry[0]).toEqual({
      line: "step=check-target result=ok",
      fw_state: "UPDATED",
      crossflash_table: release.version,
    });
  });

  it("has a command for Mender with the file of the folder", () => {
    expect(jsonOf("mender/2-micropython.json").command).toContain(release.images[1]?.path);
  });
});

describe("the schema", () => {
  /** Every field of the release is described, and every one that is needed is there. */
  function check(schema: unknown, value: unknown, at: string): void {
    const {
      properties,
      required = [],
      items,
    } = schema as {
      readonly properties?: Readonly<Record<string, unknown>>;
      readonly required?: readonly string[];
      readonly items?: unknown;
    };
    if (Array.isArray(value)) for (const one of value) check(items, one, `${at}[]`);
    else if (properties && typeof value === "object" && value !== null) {
      const own = Object.entries(value).filter(([key]) => key !== "$schema");
      expect(Object.keys(properties), at).toEqual(expect.arrayContaining(own.map(([key]) => key)));
      expect(
        own.map(([key]) => key),
        at,
      ).toEqual(expect.arrayContaining([...required]));
      for (const [key, member] of own) check(properties[key], member, `${at}.${key}`);
    }
  }

  it("describes the release, with and without a number of devices", () => {
    check(releaseSchema, jsonOf("release.json"), "release");
    check(releaseSchema, JSON.parse(JSON.stringify(made(inputOf({}, 7)))), "release");
  });
});

describe("there is no release", () => {
  it("of a plan with errors", () => {
    const wrong = inputOf({ target: "nvs, data, nvs, 0x9000, 0x5000\n" });
    expect(releaseOf(wrong)).toMatchObject({ ok: false, reason: "plan" });
  });

  it("of a verdict that is refused", () => {
    expect(releaseOf(inputOf({ asked: { secureBoot: "on" } }))).toMatchObject({
      ok: false,
      reason: "refused",
    });
  });

  it("of another image than the one that was planned with", () => {
    const { images } = input;
    const other = { ...input, images: { ...images, micropython: { bytes: new Uint8Array(3) } } };
    expect(releaseOf(other)).toMatchObject({ ok: false, reason: "changed" });
  });
});

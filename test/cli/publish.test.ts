import { describe, expect, it } from "vitest";
import { bundleFiles } from "../../core/fleet/bundle/files";
import { devices, FILTER, inputOf, manifest, release } from "../core/fleet/releases";
import { fakeHawkbit, PASSWORD, TOKEN, USER } from "../support/hawkbit/server";
import { run, type World } from "./support/fakeIo";

const files = Object.fromEntries(
  bundleFiles(release, inputOf(), manifest).map(({ path, bytes }) => [`out/${path}`, bytes]),
);
const account = { HAWKBIT_USER: USER, HAWKBIT_PASSWORD: PASSWORD };

const publish = (words: readonly string[], world: World = {}) =>
  run(["publish", "out", "--filter", FILTER, ...words], { files, environment: account, ...world });

const at = (url: string) => ["--to", "hawkbit", "--url", url];

describe("crossflash publish", () => {
  it("publishes, says what it created, and what comes next", async () => {
    await using hawkbit = await fakeHawkbit({ targets: { [FILTER]: devices } });
    const { code, out, err } = await publish([...at(hawkbit.url), "--yes"]);
    expect({ code, err, violations: hawkbit.violations }).toEqual({ code: 0, err: "", violations: [] });
    expect(out).toContain(`Created: rollout crossflash-${release.version}-table\n`);
    expect(out).toContain("Nothing is started");
    expect(out).not.toContain(PASSWORD);
    const again = await publish([...at(hawkbit.url), "--yes", "--format", "json"]);
    const { steps } = JSON.parse(again.out);
    expect(new Set(steps.map(({ outcome }: { readonly outcome: string }) => outcome))).toEqual(
      new Set(["exists"]),
    );
  });

  it.each([
    ["a token", { HAWKBIT_TOKEN: TOKEN, HAWKBIT_USER: "nobody", HAWKBIT_PASSWORD: "x" }, 0],
    ["a wrong password", { HAWKBIT_USER: USER, HAWKBIT_PASSWORD: "x" }, 2],
    ["a token with a line break", { HAWKBIT_TOKEN: "a\nb" }, 2],
    ["nobody", {}, 2],
  ] as const)("comes with %s", async (_, environment, code) => {
    await using hawkbit = await fakeHawkbit({ targets: { [FILTER]: devices } });
    expect((await publish([...at(hawkbit.url), "--yes"], { environment })).code).toBe(code);
  });

  it.each([
    ["yes", 0],
    ["no", 2],
    [undefined, 2],
  ] as const)("asks, and takes %s for an answer", async (answer, code) => {
    await using hawkbit = await fakeHawkbit({ targets: { [FILTER]: devices } });
    const found = await publish(at(hawkbit.url), answer === undefined ? {} : { answer });
    expect(found.code).toBe(code);
    expect(found.asked).toBe("Publish? [y/N] ");
    expect(hawkbit.seen.length > 0).toBe(code === 0);
  });

  it("says where it stands when hawkBit refuses in the middle", async () => {
    await using hawkbit = await fakeHawkbit({ targets: { [FILTER]: devices } });
    hawkbit.interfere = (what) =>
      what === "POST /rest/v1/rollouts" ? { status: 400, json: { message: "No." } } : undefined;
    const { code, err } = await publish([...at(hawkbit.url), "--yes"]);
    expect(code).toBe(1);
    expect(err).toMatch(
      /refused the rollout .* It says: No\. What was created before stays: give the same command/,
    );
  });
});

describe("--dry-run", () => {
  it("prints every request, and reaches nobody", async () => {
    const { code, out, err } = await publish([...at("http://127.0.0.1:1"), "--dry-run"], { environment: {} });
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const { steps, needs } = JSON.parse(out);
    expect(needs.length).toBe(3);
    expect(steps.map(({ create }: { readonly create: { readonly path: string } }) => create.path)).toEqual([
      "/rest/v1/softwaremodules",
      "/rest/v1/softwaremodules/{module-table}/artifacts",
      "/rest/v1/distributionsets",
      "/rest/v1/softwaremodules",
      "/rest/v1/softwaremodules/{module-micropython}/artifacts",
      "/rest/v1/distributionsets",
      "/rest/v1/targetfilters",
      "/rest/v1/targetfilters/{filter-gate}/autoAssignDS",
      "/rest/v1/rollouts",
    ]);
  });
});

describe("nothing is published", () => {
  const dry = ["--dry-run"];
  it.each<[string, readonly string[], World, number, RegExp]>([
    ["from a folder without a bundle", dry, { files: {} }, 2, /There is no SHA256SUMS/],
    [
      "from a folder that was changed",
      dry,
      { files: { ...files, "out/plan.md": "" } },
      1,
      /'plan\.md' is not what it was/,
    ],
    ["without an address", ["--yes"], {}, 2, /Say where hawkBit is/],
    [
      "without encryption",
      [...at("http://hawkbit.example.com"), "--yes"],
      {},
      2,
      /is not encrypted.*--allow-http/,
    ],
    ["to another kind of server", ["--to", "mender"], {}, 2, /must be/],
    ["for a filter that opens the gate", ["--filter", "a==b) or (c==d"], {}, 2, /closes a bracket/],
    ["with a type that is a query", ["--module-type", "os;a==b"], {}, 2, /must be a key/],
  ])("%s", async (_, words, world, code, message) => {
    const found = await publish(words, world);
    expect(found.code).toBe(code);
    expect(found.err).toMatch(message);
  });

  it("without a word on which devices", async () => {
    const { code, err } = await run(["publish", "out", "--dry-run"], { files });
    expect(code).toBe(2);
    expect(err).toContain("Say which devices are meant with --filter");
  });
});

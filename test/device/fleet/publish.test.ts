import { describe, expect, it } from "vitest";
import { hawkbitPublication, type PublicationOptions } from "../../../core/fleet/hawkbit/publication";
import { httpClient } from "../../../device/fleet/http";
import { publish } from "../../../device/fleet/publish";
import { devices, FILTER, imagesOf, release } from "../../core/fleet/releases";
import { type FakeHawkbit, fakeHawkbit, PASSWORD, USER } from "../../support/hawkbit/server";
import type { HawkbitWorld } from "../../support/hawkbit/store";

const authorization = `Basic ${Buffer.from(`${USER}:${PASSWORD}`).toString("base64")}`;
const options = { filter: FILTER, isClosedByGate: false, moduleType: "os", setType: "os" };
const whole: HawkbitWorld = { targets: { [FILTER]: devices } };

/** Publishes the release of the fixtures; with what came of it, and how often it waited. */
async function published(hawkbit: FakeHawkbit, more: Partial<PublicationOptions> = {}, tenant?: string) {
  const publication = hawkbitPublication(release, { ...options, ...more });
  if (!publication.ok) throw new Error(publication.message);
  const waits: number[] = [];
  const send = httpClient({
    url: hawkbit.url,
    authorization,
    pause: async (milliseconds) => void waits.push(milliseconds),
  });
  const result = await publish(publication.value, {
    send,
    images: imagesOf,
    tenant,
    onStep: () => undefined,
  });
  expect(hawkbit.violations).toEqual([]);
  const outcome = result.ok
    ? result.value.map((step) => `${step.outcome} ${step.id}`)
    : { reason: result.reason, message: result.message };
  return { outcome, waits };
}

const steps = [
  "module-table",
  "artifact-table",
  "set-table",
  "module-micropython",
  "artifact-micropython",
  "set-micropython",
  "filter-gate",
  "assignment-micropython",
  "rollout-table",
];
const all = (outcome: string) => steps.map((step) => `${outcome} ${step}`);
const posts = ({ seen }: FakeHawkbit) => seen.filter((what) => what.startsWith("POST"));

describe("publishing to hawkBit", () => {
  it("creates everything within the contract, each step with the ids of those before", async () => {
    await using hawkbit = await fakeHawkbit(whole);
    expect((await published(hawkbit)).outcome).toEqual(all("created"));
    const [table, micropython] = hawkbit.kept.sets;
    const [filter] = hawkbit.kept.filters;
    expect(table).toMatchObject({ requiredMigrationStep: true, modules: [hawkbit.kept.modules[0]] });
    expect(filter?.query).toBe(`(${FILTER}) and attribute.crossflash_table==${release.version}`);
    expect(hawkbit.assigned).toEqual(new Map([[filter?.id, micropython?.id]]));
    expect(hawkbit.kept.rollouts).toEqual([expect.objectContaining({ distributionSetId: table?.id })]);
  });

  it("starts nothing", async () => {
    await using hawkbit = await fakeHawkbit(whole);
    await published(hawkbit);
    expect(hawkbit.seen.filter((what) => what.endsWith("/start"))).toEqual([]);
    expect(hawkbit.kept.rollouts[0]).not.toHaveProperty("startAt");
  });

  it("finds all of it again, and changes nothing", async () => {
    await using hawkbit = await fakeHawkbit(whole);
    await published(hawkbit);
    const before = posts(hawkbit).length;
    expect((await published(hawkbit)).outcome).toEqual(all("exists"));
    expect(posts(hawkbit).length).toBe(before);
  });

  it("finds what stands on a later page", async () => {
    await using hawkbit = await fakeHawkbit({ ...whole, noise: 7, largestPage: 3 });
    await published(hawkbit);
    expect((await published(hawkbit)).outcome).toEqual(all("exists"));
  });

  it.each(
    steps.flatMap((step, index) => [
      ["hang-up", step, index] as const,
      ["lose-answer", step, index] as const,
    ]),
  )("goes on after a %s at %s", async (fault, _, done) => {
    await using hawkbit = await fakeHawkbit(whole);
    let left = done;
    hawkbit.interfere = (what) => (what.startsWith("POST") && left-- === 0 ? fault : undefined);
    const cut = await published(hawkbit);
    expect(cut.outcome).toMatchObject({ reason: "unreachable" });
    expect(JSON.stringify(cut.outcome)).toMatch(/was created is not known.*Publish again/);
    hawkbit.interfere = () => undefined;
    const again = (await published(hawkbit)).outcome;
    const there = fault === "hang-up" ? done : done + 1;
    expect(again).toEqual(steps.map((step, index) => `${index < there ? "exists" : "created"} ${step}`));
  });
});

describe("nothing is published", () => {
  it.each<[string, HawkbitWorld, string, RegExp]>([
    [
      "for another number of devices",
      { targets: { [FILTER]: 7 } },
      "need",
      /does not find the 1000 .* has 7\./,
    ],
    ["for no devices", { targets: {} }, "need", /hawkBit has 0/],
    [
      "without the type of modules",
      { ...whole, withoutTypes: ["os"] },
      "need",
      /no type 'os' of software modules/,
    ],
  ])("%s", async (_, world, reason, message) => {
    await using hawkbit = await fakeHawkbit(world);
    const { outcome } = await published(hawkbit);
    expect(outcome).toEqual({ reason, message: expect.stringMatching(message) });
    expect(posts(hawkbit)).toEqual([]);
  });

  it("into another tenant", async () => {
    await using hawkbit = await fakeHawkbit({ ...whole, tenant: "OTHER" });
    expect((await published(hawkbit, {}, "default")).outcome).toMatchObject({ reason: "need" });
    expect((await published(hawkbit, {}, "other")).outcome).toEqual(all("created"));
  });

  it.each([
    ["modules", 0, { type: "application" }],
    ["artifacts", 0, { size: 1 }],
    ["sets", 1, { modules: [] }],
    ["filters", 0, { query: "controllerId==*" }],
    ["rollouts", 0, { targetFilterQuery: "controllerId==*" }],
  ] as const)("where one of the %s was made for something else", async (kind, index, change) => {
    await using hawkbit = await fakeHawkbit(whole);
    await published(hawkbit);
    const entity = hawkbit.kept[kind][index];
    if (!entity) throw new Error("There is none.");
    hawkbit.kept[kind][index] = { ...entity, ...change };
    const before = posts(hawkbit).length;
    const { outcome } = await published(hawkbit);
    expect(outcome).toMatchObject({
      reason: "conflict",
      message: expect.stringContaining("Nothing was published"),
    });
    expect(posts(hawkbit).length).toBe(before);
  });
});

describe("what hawkBit says when it refuses", () => {
  it.each([
    [401, undefined, "credentials", /does not know the user/],
    [403, { errorCode: "hawkbit.server.error.insufficientPermission" }, "credentials", /may not do this/],
    [409, { errorCode: "hawkbit.server.error.repo.entityAlreadyExists" }, "conflict", /its name stays taken/],
    [423, { errorCode: "x", message: "locked\u001b[2J\nnow" }, "refused", /status 423.*locked \[2J now/],
    [302, undefined, "refused", /status 302/],
  ] as const)("with %d", async (status, json, reason, message) => {
    await using hawkbit = await fakeHawkbit(whole);
    hawkbit.interfere = (what) => (what.startsWith("POST") ? { status, json } : undefined);
    const { outcome } = await published(hawkbit);
    expect(outcome).toEqual({ reason, message: expect.stringMatching(message) });
    expect(JSON.stringify(outcome)).not.toContain(PASSWORD);
  });

  it("asks again where asking changes nothing", async () => {
    await using hawkbit = await fakeHawkbit(whole);
    let faults = 2;
    hawkbit.interfere = (what) =>
      what === "GET /rest/v1/rollouts" && faults-- > 0 ? { status: 503 } : undefined;
    const { outcome, waits } = await published(hawkbit);
    expect(outcome).toEqual(all("created"));
    expect(waits).toEqual([500, 2000]);
  });

  it("gives up asking after the third time", async () => {
    await using hawkbit = await fakeHawkbit(whole);
    hawkbit.interfere = () => "hang-up";
    const { outcome } = await published(hawkbit);
    expect(outcome).toMatchObject({ reason: "unreachable" });
    expect(hawkbit.seen.length).toBe(3);
  });

  it("sends no request twice that creates something", async () => {
    await using hawkbit = await fakeHawkbit(whole);
    hawkbit.interfere = (what) => (what.startsWith("POST") ? { status: 503 } : undefined);
    await published(hawkbit);
    expect(posts(hawkbit)).toEqual(["POST /rest/v1/softwaremodules"]);
  });

  it.each([[{ status: 200, json: [] }], [{ status: 200, json: { content: 1 } }]])(
    "takes no %j for a list",
    async (reply) => {
      await using hawkbit = await fakeHawkbit(whole);
      hawkbit.interfere = () => reply;
      expect((await published(hawkbit)).outcome).toMatchObject({ reason: "answer" });
    },
  );
});

import { type Result, success } from "../../result";
import { type FleetRelease, imageOf } from "../release";
import { type Stage, stageOf } from "../stages";
import { bothFilters, gatedFilter } from "./filter";
import { nameOfRelease, type RolloutOptions, rolloutBody } from "./rollout";
import type { HawkbitNeed, HawkbitPublication, HawkbitStep, Json } from "./steps";

/**
 * The requests of hawkBit's Management API that publish a release. Paths and fields are those of its source, revision
 * 67ca1c43: `MgmtSoftwareModuleRestApi`, `MgmtDistributionSetRestApi`, `MgmtTargetFilterQueryRestApi`, `MgmtRolloutRestApi`
 * and the models beside them.
 */
export interface PublicationOptions extends RolloutOptions {
  /** RSQL of the devices, already checked. */
  readonly filter: string;
  /** Keys of the types that hawkBit gives to modules and sets; every tenant has `os` unless somebody removed it. */
  readonly moduleType: string;
  readonly setType: string;
}

const REST = "/rest/v1";

export function hawkbitPublication(
  release: FleetRelease,
  options: PublicationOptions,
): Result<HawkbitPublication, "groups"> {
  const { version } = release;
  const table = stageOf("table", version);
  const name = nameOfRelease(release, "table");
  const rollout = rolloutBody(release, name, options.filter, setId(table), options);
  if (!rollout.ok) return rollout;
  return success({
    needs: needs(release, options),
    steps: [
      ...stageSteps(release, table, options),
      ...stageSteps(release, stageOf("micropython", version), options),
      ...gateSteps(release, options),
      rolloutStep(name, rollout.value),
    ],
  });
}

const moduleId = ({ id }: Stage): string => `module-${id}`;
const setId = ({ id }: Stage): string => `set-${id}`;

/** Software module, its file, and the distribution set of one stage. */
function stageSteps(
  release: FleetRelease,
  stage: Stage,
  { moduleType, setType }: PublicationOptions,
): readonly HawkbitStep[] {
  const image = imageOf(release, stage.image);
  const module = { name: `crossflash-${stage.image}`, version: image.version };
  const set = { name: `crossflash-${stage.id}`, version: release.version };
  const filename = `${stage.image}.bin`;
  const artifacts = `${REST}/softwaremodules/{${moduleId(stage)}}/artifacts`;
  return [
    {
      id: moduleId(stage),
      what: `software module ${module.name} ${module.version}`,
      look: page(`${REST}/softwaremodules`, module, { type: moduleType }),
      create: post(`${REST}/softwaremodules`, [
        { ...module, type: moduleType, description: `SHA-256 ${image.sha256}` },
      ]),
    },
    {
      id: `artifact-${stage.id}`,
      what: `file ${filename} of ${module.name} ${module.version}`,
      look: {
        answer: "list",
        path: artifacts,
        key: { providedFilename: filename },
        same: { size: image.size, hashes: { sha256: image.sha256 } },
      },
      create: {
        method: "POST",
        path: artifacts,
        file: image.path,
        parameters: { filename, sha256sum: image.sha256 },
      },
    },
    {
      id: setId(stage),
      what: `distribution set ${set.name} ${set.version}`,
      look: page(`${REST}/distributionsets`, set, {
        type: setType,
        modules: [{ id: { $id: moduleId(stage) } }],
      }),
      create: post(`${REST}/distributionsets`, [
        {
          ...set,
          type: setType,
          description: stage.done.sentence,
          modules: [{ id: { $id: moduleId(stage) } }],
          // Otherwise hawkBit cancels the first stage of a device when it gets the second one.
          requiredMigrationStep: stage.id === "table",
        },
      ]),
    },
  ];
}

/** A rollout takes the devices that its filter finds when it is created; an automatic assignment also those of later. */
function gateSteps(release: FleetRelease, { filter }: PublicationOptions): readonly HawkbitStep[] {
  const stage = stageOf("micropython", release.version);
  const gate = stage.gate;
  if (!gate) return [];
  const name = nameOfRelease(release, "gate");
  const query = gatedFilter(filter, gate.attribute);
  const linked = `${REST}/targetfilters/{filter-gate}/autoAssignDS`;
  return [
    {
      id: "filter-gate",
      what: `target filter ${name}`,
      look: page(`${REST}/targetfilters`, { name }, { query }),
      create: post(`${REST}/targetfilters`, { name, query }),
    },
    {
      id: "assignment-micropython",
      what: `automatic assignment of crossflash-${stage.id} ${release.version} behind ${name}`,
      look: { answer: "linked", path: linked, key: {}, same: { id: { $id: setId(stage) } } },
      create: post(linked, { id: { $id: setId(stage) }, type: "forced" }),
    },
  ];
}

const rolloutStep = (name: string, body: { readonly [name: string]: Json }): HawkbitStep => ({
  id: "rollout-table",
  what: `rollout ${name}`,
  look: page(
    `${REST}/rollouts`,
    { name },
    {
      targetFilterQuery: body.targetFilterQuery ?? null,
      distributionSetId: body.distributionSetId ?? null,
      totalGroups: Array.isArray(body.groups) ? body.groups.length : 0,
    },
  ),
  create: post(`${REST}/rollouts`, body),
});

const post = (path: string, body: Json) => ({ method: "POST", path, body }) as const;

/** All names and versions are made of letters, digits, dots and dashes, which RSQL takes without quotation marks. */
const page = (
  path: string,
  key: Readonly<Record<string, string>>,
  same: HawkbitStep["look"]["same"],
): HawkbitStep["look"] => ({
  answer: "page",
  path,
  query: Object.entries(key)
    .map(([name, value]) => `${name}==${value}`)
    .join(";"),
  key,
  same,
});

function needs(
  { rollout: { devices = 0, groups } }: FleetRelease,
  { filter, canary, moduleType, setType }: PublicationOptions,
): readonly HawkbitNeed[] {
  const first = groups[0]?.size ?? 0;
  return [
    {
      path: `${REST}/softwaremoduletypes`,
      query: `key==${moduleType}`,
      least: 1,
      otherwise: `There is no type '${moduleType}' of software modules. Name one with --module-type.`,
    },
    {
      path: `${REST}/distributionsettypes`,
      query: `key==${setType}`,
      least: 1,
      otherwise: `There is no type '${setType}' of distribution sets. Name one with --set-type.`,
    },
    {
      path: `${REST}/targets`,
      query: filter,
      least: devices,
      most: devices,
      otherwise: `The filter does not find the ${devices} devices for which the groups were made. Correct it, or make the bundle again with --devices.`,
    },
    ...(canary === undefined
      ? []
      : [
          {
            path: `${REST}/targets`,
            query: bothFilters(filter, canary),
            least: first,
            most: first,
            otherwise: `The filter of the canary does not find ${first} of the devices, as many as the canary has.`,
          },
        ]),
  ];
}

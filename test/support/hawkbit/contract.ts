/**
 * What hawkBit's Management API takes and gives, as data. Source: github.com/eclipse-hawkbit/hawkbit, revision
 * 67ca1c43321e6b5ed091b667bf36d27dab0cf3eb: the interfaces `Mgmt…RestApi` of hawkbit-mgmt-api (paths, methods, content
 * types, parameters), the models beside them (fields), the resources of hawkbit-mgmt-resource (statuses) and
 * `RestConfiguration.ResponseExceptionHandler` of hawkbit-rest-core with `SpServerError` (errors).
 */
export interface Endpoint {
  /** The class of hawkBit that it was read from. */
  readonly source: string;
  readonly method: "GET" | "POST";
  readonly path: RegExp;
  readonly parameters: readonly string[];
  readonly consumes?: "application/json" | "multipart/form-data";
  /** Fields of the body, or of each member of a list. */
  readonly body?: Fields;
  readonly isList?: true;
  readonly status: number;
}

export type Fields = Readonly<Record<string, Field>>;

export interface Field {
  readonly is: (value: unknown) => boolean;
  readonly isNeeded?: true;
}

const isText = (value: unknown): boolean => typeof value === "string" && value !== "";
const isLong = (value: unknown): boolean => Number.isSafeInteger(value);
const isFlag = (value: unknown): boolean => typeof value === "boolean";
const upTo = (longest: number) => (value: unknown) => isText(value) && String(value).length <= longest;
const oneOf =
  (...words: readonly string[]) =>
  (value: unknown) =>
    words.includes(String(value));

/** `NamedEntity`, `NamedVersionedEntity` and `TargetFilterQuery` say how long these may be. */
const name: Field = { is: upTo(128), isNeeded: true };
const version: Field = { is: upTo(64), isNeeded: true };
const description: Field = { is: upTo(512) };
const query: Field = { is: upTo(1024), isNeeded: true };

export const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const hasFields =
  (fields: Fields) =>
  (value: unknown): boolean =>
    isObject(value) &&
    Object.keys(value).every((key) => Object.hasOwn(fields, key)) &&
    Object.entries(fields).every(([key, { is, isNeeded }]) =>
      value[key] === undefined ? !isNeeded : is(value[key]),
    );

const listOf = (is: (value: unknown) => boolean) => (value: unknown) =>
  Array.isArray(value) && value.every(is);

const threshold = hasFields({
  condition: { is: oneOf("THRESHOLD"), isNeeded: true },
  expression: { is: (value) => typeof value === "string" && /^\d{1,3}$/.test(value), isNeeded: true },
});
const conditions: Fields = {
  successCondition: { is: threshold },
  successAction: {
    is: hasFields({
      action: { is: oneOf("NEXTGROUP", "PAUSE"), isNeeded: true },
      expression: { is: isText },
    }),
  },
  errorCondition: { is: threshold },
  errorAction: {
    is: hasFields({ action: { is: oneOf("PAUSE"), isNeeded: true }, expression: { is: isText } }),
  },
};
const actionType: Field = { is: oneOf("soft", "forced", "timeforced", "downloadonly") };

const group = hasFields({
  name,
  description,
  targetFilterQuery: { is: upTo(1024) },
  targetPercentage: {
    // RolloutHelper.verifyRolloutGroupHasConditions
    is: (value) => typeof value === "number" && value >= 1 && value <= 100,
    isNeeded: true,
  },
  confirmationRequired: { is: isFlag },
  ...conditions,
});

/** The parameters that every list of hawkBit takes. */
const paged = ["q", "offset", "limit", "sort", "representation"];
const id = "(\\d+)";
const at = (path: string): RegExp => new RegExp(`^/rest/v1${path}$`);

const list = (source: string, path: string): Endpoint => ({
  source,
  method: "GET",
  path: at(path),
  parameters: paged,
  status: 200,
});

const post = (source: string, path: string, body: Fields, more: Partial<Endpoint> = {}): Endpoint => ({
  source,
  method: "POST",
  path: at(path),
  parameters: [],
  consumes: "application/json",
  body,
  status: 201,
  ...more,
});

export const endpoints = {
  userinfo: {
    source: "MgmtBasicAuthRestApi",
    method: "GET",
    path: at("/userinfo"),
    parameters: [],
    status: 200,
  },
  targets: list("MgmtTargetRestApi", "/targets"),
  moduleTypes: list("MgmtSoftwareModuleTypeRestApi", "/softwaremoduletypes"),
  setTypes: list("MgmtDistributionSetTypeRestApi", "/distributionsettypes"),
  modules: list("MgmtSoftwareModuleRestApi", "/softwaremodules"),
  sets: list("MgmtDistributionSetRestApi", "/distributionsets"),
  filters: list("MgmtTargetFilterQueryRestApi", "/targetfilters"),
  rollouts: list("MgmtRolloutRestApi", "/rollouts"),
  artifacts: {
    source: "MgmtSoftwareModuleRestApi",
    method: "GET",
    path: at(`/softwaremodules/${id}/artifacts`),
    parameters: ["representation", "useartifacturlhandler"],
    status: 200,
  },
  assignment: {
    source: "MgmtTargetFilterQueryRestApi",
    method: "GET",
    path: at(`/targetfilters/${id}/autoAssignDS`),
    parameters: [],
    status: 200,
  },
  createModules: post(
    "MgmtSoftwareModuleRequestBodyPost",
    "/softwaremodules",
    {
      name,
      version,
      type: { is: upTo(64), isNeeded: true },
      description,
      vendor: { is: upTo(256) },
      encrypted: { is: isFlag },
    },
    { isList: true },
  ),
  upload: post(
    "MgmtSoftwareModuleRestApi.uploadArtifact",
    `/softwaremodules/${id}/artifacts`,
    {},
    { consumes: "multipart/form-data", parameters: ["filename", "md5sum", "sha1sum", "sha256sum"] },
  ),
  createSets: post(
    "MgmtDistributionSetRequestBodyPost",
    "/distributionsets",
    {
      name,
      version,
      description,
      type: { is: upTo(64) },
      modules: { is: listOf(hasFields({ id: { is: isLong, isNeeded: true } })) },
      locked: { is: isFlag },
      requiredMigrationStep: { is: isFlag },
    },
    { isList: true },
  ),
  createFilter: post("MgmtTargetFilterQueryRequestBody", "/targetfilters", { name, query }),
  assign: post(
    "MgmtDistributionSetAutoAssignment",
    `/targetfilters/${id}/autoAssignDS`,
    {
      id: { is: isLong, isNeeded: true },
      type: actionType,
      weight: { is: isLong },
      confirmationRequired: { is: isFlag },
    },
    { status: 200 },
  ),
  createRollout: post("MgmtRolloutRestRequestBodyPost", "/rollouts", {
    name,
    description,
    targetFilterQuery: query,
    distributionSetId: { is: isLong, isNeeded: true },
    type: actionType,
    amountGroups: { is: isLong },
    forcetime: { is: isLong },
    startAt: { is: isLong },
    weight: { is: isLong },
    dynamic: { is: isFlag },
    confirmationRequired: { is: isFlag },
    groups: { is: listOf(group) },
    ...conditions,
  }),
} as const satisfies Readonly<Record<string, Endpoint>>;

export type EndpointName = keyof typeof endpoints;

/** `SpServerError`, and the status that `ResponseExceptionHandler` gives it. */
export const errors = {
  exists: [409, "hawkbit.server.error.repo.entityAlreadyExists"],
  missing: [404, "hawkbit.server.error.repo.entityNotFound"],
  constraint: [400, "hawkbit.server.error.repo.constraintViolation"],
  permission: [403, "hawkbit.server.error.insufficientPermission"],
  body: [400, "hawkbit.server.error.rest.body.notReadable"],
  sha256: [400, "hawkbit.server.error.artifact.uploadFailed.checksum.sha256.match"],
} as const satisfies Readonly<Record<string, readonly [number, string]>>;

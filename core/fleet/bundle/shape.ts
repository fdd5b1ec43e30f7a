import { isRecord } from "../isRecord";
import { type FleetRelease, RELEASE_FORM } from "../release";

/** Whether a value is a release as this version writes it: whatever of it goes into requests and texts is checked. */
export const isRelease = (value: unknown): value is FleetRelease =>
  isRecord(value) &&
  value.form === RELEASE_FORM &&
  isText(value.fingerprint, SHA256) &&
  isText(value.version, /^[0-9a-f]{12}$/) &&
  value.fingerprint.startsWith(value.version) &&
  isText(value.verdict, /^(supported|risky|unknown)$/) &&
  areAll(value.conclusion, (sentence) => isText(sentence, SENTENCE)) &&
  areAll(value.images, isImage) &&
  roles.every((role) =>
    (value.images as readonly { readonly role: string }[]).some((image) => image.role === role),
  ) &&
  isRollout(value.rollout);

const roles = ["repartitioner", "micropython"] as const;

const SHA256 = /^[0-9a-f]{64}$/;
/** Nothing that could move the cursor of a terminal. */
const SENTENCE = /^\P{Cc}{0,2000}$/u;

const isImage = (value: unknown): boolean =>
  isRecord(value) &&
  roles.some((role) => role === value.role) &&
  isText(value.path, /^images\/[\w.-]{1,120}\.bin$/) &&
  isText(value.version, /^[\w.-]{1,64}$/) &&
  isWhole(value.size, 1) &&
  isText(value.sha256, SHA256);

const isRollout = (value: unknown): boolean =>
  isRecord(value) &&
  (value.devices === undefined || isWhole(value.devices, 1)) &&
  areAll(value.groups, isGroup) &&
  typeof value.detectedShare === "number";

const isGroup = (value: unknown): boolean =>
  isRecord(value) &&
  isText(value.name, /^[\w-]{1,64}$/) &&
  isWhole(value.size, 1) &&
  isPercent(value.successPercent) &&
  isPercent(value.errorPercent);

const isText = (value: unknown, form: RegExp): value is string =>
  typeof value === "string" && form.test(value);

const isWhole = (value: unknown, least: number): boolean =>
  Number.isSafeInteger(value) && Number(value) >= least;

const isPercent = (value: unknown): boolean => isWhole(value, 0) && Number(value) <= 100;

const areAll = (value: unknown, is: (one: unknown) => boolean): boolean =>
  Array.isArray(value) && value.length > 0 && value.length <= 1000 && value.every(is);

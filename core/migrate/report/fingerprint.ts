import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import type { CompatQuestion } from "../../compat/verdict";
import { partitionOf } from "../../table/entry";
import { disagreements } from "./conclusion";
import { inputRoles, sortedInputs } from "./inputs";
import type { ReportInput } from "./report";

/** Another form of the canonical inputs needs another name, or two versions would seem to mean two migrations. */
const FORM = "crossflash-migration-1";

/** Who reports does not count. */
type Fingerprinted = Omit<ReportInput, "toolVersion">;

/**
 * SHA-256, 64 hexadecimal digits, of everything from which verdict and plan follow: two reports with the same one speak of
 * the same migration. Names of files, comments and ends of lines do not count; binaries count by their SHA-256, tables by
 * their partitions, what is stated by its value.
 */
export const fingerprintOf = (input: Fingerprinted): string =>
  bytesToHex(sha256(utf8ToBytes(canonicalJson(canonicalInputs(input)))));

/** JSON without white space, the keys of every object in their order, without those that have no value. */
const canonicalJson = (value: object): string =>
  JSON.stringify(value, (_, member: unknown) =>
    typeof member === "object" && member !== null && !Array.isArray(member)
      ? Object.fromEntries(Object.entries(member).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );

const canonicalInputs = ({
  manifest,
  source,
  target,
  images,
  facts,
  inputs,
  question,
  plan,
}: Fingerprinted) => ({
  form: FORM,
  device: { chip: facts.chip?.id, flashSize: facts.flashSize },
  compat: canonicalQuestion(question),
  source: {
    tableOffset: source.tableOffset,
    runningSlot: source.runningSlot,
    entries: source.entries.map(partitionOf),
  },
  target: target.map(partitionOf),
  images: { repartitioner: images.repartitioner, micropython: images.micropython },
  delivery: manifest.delivery,
  // The texts of the project count by what they contradict.
  disagreements: disagreements(plan) || undefined,
  files: sortedInputs(inputs)
    .filter(({ role }) => !inputRoles[role].isText)
    .map(({ role, size, sha256 }) => ({ role, size, sha256 })),
});

/** Field by field: what else the objects carry, such as evidence, does not belong to what was asked. */
const canonicalQuestion = ({ bootloader, app, rule, chip, ...stated }: CompatQuestion) => ({
  rule,
  bootloader: {
    idf: bootloader.idf?.text,
    arduino: bootloader.arduino?.core,
    confidence: bootloader.confidence,
    contradictions: bootloader.contradictions,
  },
  app: {
    release: app.release,
    idf: app.image?.idfVersion,
    chip: app.image?.chip.id,
    minChipRevision: app.image?.minChipRevision,
    maxChipRevision: app.image?.maxChipRevision,
  },
  chip: chip?.id,
  chipRevision: stated.chipRevision,
  flashSizeInHeader: stated.flashSizeInHeader,
  flashSizeNeeded: stated.flashSizeNeeded,
  tableMd5: stated.tableMd5,
  rollback: stated.rollback,
  secureBoot: stated.secureBoot,
  flashEncryption: stated.flashEncryption,
});

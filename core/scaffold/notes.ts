import type { ChipTarget } from "../chip/targets";
import type { CompatVerdict } from "../compat/verdict";
import type { ReadMigration } from "../migrate/read/readMigration";
import { appName, isSecret, PROJECT_NAME } from "./addresses";
import { clockDoubt } from "./flashSettings";
import type { ProjectIdf } from "./projectIdf";
import type { Addresses } from "./sdkconfigDefaults";

interface NoteSubject {
  readonly migration: Pick<ReadMigration, "manifest" | "bootloaderFlash">;
  readonly answer: CompatVerdict;
  readonly idf: ProjectIdf;
  readonly chip: ChipTarget;
  readonly addresses: Addresses;
}

/** Sentences on what is not certain, and on what the user has to add. */
export function notesOf({ migration, answer, idf, chip, addresses }: NoteSubject): readonly string[] {
  const { manifest, bootloaderFlash } = migration;
  const { delivery } = manifest;
  const clock = clockDoubt({ idf, chip, bootloaderFlash });
  const secret = [delivery?.micropython, delivery?.repartitioner].some((url = "") => isSecret(url));
  return [
    ...(answer.verdict === "supported" ? [] : [uncertain[answer.verdict]]),
    ...[idf.doubt, clock].filter((doubt) => doubt !== ""),
    ...(secret ? [SECRET] : addresses.micropython === "" ? [NO_ADDRESS] : []),
    ...(appName(manifest) === undefined ? [NO_NAME] : []),
    ...(addresses.isSecure ? [CERTIFICATE] : []),
  ];
}

const uncertain: Readonly<Record<Exclude<CompatVerdict["verdict"], "supported">, string>> = {
  refused: "The devices would not start MicroPython: the migration plan says why.",
  unknown:
    "Nobody knows yet whether the devices would start MicroPython: the migration plan says what is missing.",
  risky: "Something speaks against this migration: the migration plan says what.",
};

const NO_ADDRESS =
  'The project does not build until it knows the address of MicroPython: write it into "delivery" of crossflash.json and make the project again, or into main/rp_secrets.h.';

const SECRET =
  "An address with a password in it stands in no file of the project: write it into main/rp_secrets.h.";

const NO_NAME = `"delivery" of crossflash.json does not say as what the devices download the repartitioner, so it is called ${PROJECT_NAME}.bin.`;

const CERTIFICATE =
  "HTTPS needs the certificate of the server, or the one that signed it, as main/server.pem before the project builds.";

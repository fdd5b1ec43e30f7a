import type { ChipId } from "../chip/targets";
import { sourcedIdf } from "../compat/bootloaderVersion";
import { firstReleaseFrom, type IdfVersion, parseIdfVersion } from "../compat/idfVersion";
import { judgePair } from "../compat/pair";
import type { CompatQuestion } from "../compat/verdict";
import { failure, type Result, success } from "../result";

/** The ESP-IDF that a project is made for. */
export interface ProjectIdf {
  /** The tag of the release, such as "v3.3.5". */
  readonly release: string;
  readonly major: number;
  readonly minor: number;
  /** What of it is not certain, as a sentence; empty otherwise. */
  readonly doubt: string;
}

/** The lines of ESP-IDF that the sources of the repartitioner are written for. */
const LINES = ["3.3", "4.0", "4.1", "4.2", "4.3", "4.4", "5.0", "5.1", "5.2", "5.3", "5.4", "5.5"];

/** What older bootloaders get: the oldest line in which apps say which ESP-IDF built them. */
const OLDEST = "v3.3.5";

/** The first line that knows a chip (release notes of ESP-IDF); the chips that no line here knows are left out. */
const firstLines: Readonly<Partial<Record<ChipId, string>>> = {
  esp32: "3.3",
  esp32s2: "4.2",
  esp32c3: "4.3",
  esp32s3: "4.4",
  esp32c2: "5.0",
  esp32c6: "5.1",
  esp32h2: "5.1",
  esp32p4: "5.3",
  esp32c5: "5.5",
  esp32c61: "5.5",
};

/**
 * The ESP-IDF to build with: the one that is told, else the release of the bootloader, because an app must not be older
 * than the bootloader that starts it. What the bootloader would refuse is refused here.
 */
export function projectIdf(
  question: Pick<CompatQuestion, "bootloader" | "rule" | "chip">,
  told: string | undefined,
): Result<ProjectIdf, "idf"> {
  const bootloader = sourcedIdf(question.bootloader);
  const release = releaseFor(bootloader, told);
  const version = release === undefined ? undefined : parseIdfVersion(release);
  if (release === undefined || !version) return failure("idf", 0, UNKNOWN);
  const [major, minor] = version.low;
  const line = LINES.indexOf(`${major}.${minor}`);
  if (line < 0) return failure("idf", 0, unsupported(release));
  const { chip } = question;
  const first = chip && LINES.indexOf(firstLines[chip.id] ?? "");
  if (chip && first !== undefined && (first < 0 || line < first))
    return failure("idf", 0, `ESP-IDF ${release} does not know the ${chip.name}. ${since(first)}`);
  if (!bootloader) return success({ release, major, minor, doubt: NOT_CERTAIN });
  const clocks = { bootloader: question.bootloader.flashClock, app: "free" } as const;
  const { verdict, words } = judgePair({ bootloader, app: version, chip, clocks }, question.rule);
  if (verdict === "refused")
    return failure(
      "idf",
      0,
      `A repartitioner ${words}: the devices would not start it. Name another ESP-IDF with --idf.`,
    );
  return success({
    release,
    major,
    minor,
    doubt: verdict === "supported" ? "" : `A repartitioner ${words}.`,
  });
}

/** A line that is told without its patch means the bootloader's own release where that is of this line. */
function releaseFor(bootloader: IdfVersion | undefined, told: string | undefined): string | undefined {
  const own = bootloader && firstReleaseFrom(bootloader);
  if (told === undefined) return own === undefined || isBeforeLines(own) ? own && OLDEST : own;
  const named = `v${told.replace(/^v/, "")}`;
  const isLine = /^v\d+\.\d+$/.test(named);
  return isLine && own?.startsWith(`${named}.`) ? own : named;
}

const isBeforeLines = (release: string): boolean => {
  const [major = 0, minor = 0] = parseIdfVersion(release)?.low ?? [];
  return major < 3 || (major === 3 && minor < 3);
};

const since = (first: number): string =>
  first < 0
    ? "None of the versions that a project can be made for does."
    : `v${LINES[first]} is the first that does.`;

const unsupported = (release: string): string =>
  `No project can be made for ESP-IDF ${release}, only for v${LINES.join(", v")} and their bugfix releases. Name one with --idf.`;

const UNKNOWN =
  "It is not known for certain which ESP-IDF built the bootloader of the devices, and an app must not be older. Say it in crossflash.json, or name the ESP-IDF to build with by --idf.";

const NOT_CERTAIN =
  "It is not known for certain which ESP-IDF built the bootloader of the devices: the repartitioner must not be of an older one.";

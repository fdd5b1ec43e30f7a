import { type Bundle, readBundle } from "../../core/fleet/bundle/read";
import { hawkbitPublication } from "../../core/fleet/hawkbit/publication";
import type { HawkbitPublication } from "../../core/fleet/hawkbit/steps";
import { join } from "../../core/project/paths";
import type { HawkbitFault } from "../../device/fleet/answers";
import type { PublishedStep } from "../../device/fleet/publish";
import type { Reporter } from "../board/reporter";
import { Stop } from "../board/stop";
import type { Io } from "../io";
import { LARGEST_FLASH } from "../tableOptions";
import { authorizationOf } from "./credentials";

interface PublicationOptions {
  readonly filter?: string | undefined;
  readonly canary?: string | undefined;
  readonly "stage-1-closed-by"?: "firmware" | "relay" | undefined;
  readonly "module-type"?: string | undefined;
  readonly "set-type"?: string | undefined;
}

interface PublishOptions {
  readonly url?: string | undefined;
  readonly tenant?: string | undefined;
  readonly "allow-http": boolean;
  readonly yes: boolean;
}

/** A folder of `crossflash bundle`, once every file of it is what it was. */
export async function bundleIn(folder: string, io: Io): Promise<Bundle> {
  const read = await readBundle(async (path) => {
    const full = join(folder, path);
    if (!io.landsInside(folder, full)) return undefined;
    const bytes = await io.read(full, LARGEST_FLASH);
    return bytes.ok ? bytes.value : undefined;
  });
  if (read.ok) return read.value;
  throw new Stop(
    read.reason === "missing" ? 2 : 1,
    `Nothing was published from '${folder}'. ${read.message}`,
  );
}

export function publicationOf({ release }: Bundle, options: PublicationOptions): HawkbitPublication {
  if (options.filter === undefined)
    throw new Stop(
      2,
      "Say which devices are meant with --filter RSQL; controllerId==* stands for all of the tenant.",
    );
  const publication = hawkbitPublication(release, {
    filter: options.filter,
    canary: options.canary,
    isClosedByGate: options["stage-1-closed-by"] === "relay",
    moduleType: options["module-type"] ?? "os",
    setType: options["set-type"] ?? "os",
  });
  if (!publication.ok) throw new Stop(1, publication.message);
  return publication.value;
}

/** Asks, and publishes step by step. */
export async function publishBundle(
  { release, images }: Bundle,
  publication: HawkbitPublication,
  options: PublishOptions,
  reporter: Reporter,
  io: Io,
): Promise<void> {
  if (options.url === undefined)
    throw new Stop(2, "Say where hawkBit is with --url URL, or print with --dry-run.");
  const fleet = await io.fleet();
  const url = fleet.serverAddress(options.url, options["allow-http"]);
  if (!url.ok) throw new Stop(2, `'--url' ${url.message}.`);
  reporter.add({ url: url.value, release: release.version, verdict: release.verdict });
  reporter.say([
    `Release ${release.version}, verdict ${release.verdict}, goes to ${url.value}:`,
    ...publication.steps.map(({ what }) => `  ${what}`),
    "Nothing is started: the rollout waits for somebody to start it in hawkBit.",
  ]);
  await agree(options.yes, io);
  const authorization = await authorizationOf(io);
  const { signal } = new AbortController();
  const send = fleet.httpClient({
    url: url.value,
    authorization,
    pause: (milliseconds) => io.pause(milliseconds, signal),
  });
  const steps: PublishedStep[] = [];
  const done = await fleet.publish(publication, {
    send,
    images,
    tenant: options.tenant,
    onStep(step) {
      steps.push(step);
      reporter.say([`${step.outcome === "created" ? "Created" : "There already"}: ${step.what}`]);
    },
  });
  reporter.add({ steps });
  if (!done.ok) throw new Stop(exitCodes[done.reason], withRest(done.message, steps));
  reporter.say([
    "Next: read the rollout in hawkBit, and start it there. See that the automatic assignment runs.",
  ]);
}

/** What says something of the release or of hawkBit's contents is a finding; the others could not be asked. */
const exitCodes: Readonly<Record<HawkbitFault, 1 | 2>> = {
  unreachable: 2,
  answer: 2,
  credentials: 2,
  need: 1,
  conflict: 1,
  refused: 1,
};

const withRest = (message: string, steps: readonly PublishedStep[]): string =>
  steps.some(({ outcome }) => outcome === "created")
    ? `${message} What was created before stays: give the same command again once this is mended.`
    : message;

async function agree(yes: boolean, io: Io): Promise<void> {
  if (yes) return;
  const answer = await io.ask("Publish? [y/N] ");
  if (answer === undefined && !io.interrupted().aborted)
    throw new Stop(2, "Nothing was published: nobody can be asked. Add --yes to agree.");
  if (!/^y(es)?$/i.test(answer ?? "")) throw new Stop(2, "Nothing was published: the answer was not yes.");
}

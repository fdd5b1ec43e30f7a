import { belowToken, clashTexts, DEFAULT_PORT, strayTexts } from "../../core/delivery/address";
import { hasErrors, readDelivery, type ServedImage } from "../../core/delivery/readDelivery";
import { MANIFEST_NAME } from "../../core/project/fileNames";
import type { OtaServer } from "../../device/otaServer/otaServer";
import { aborted } from "../board/aborted";
import { readFile } from "../board/project";
import { type Reporter, reported } from "../board/reporter";
import { Stop } from "../board/stop";
import { defineCommand } from "../command";
import type { Io, Serving } from "../io";
import { claimsOf, statedBy } from "../migration/devices";
import { bootloader, runningSlot, stated } from "../migration/options";
import type { ValuesOf } from "../options";
import { styled } from "../report/line";
import { servedAddress } from "../serving/address";
import { certificateOf } from "../serving/certificate";
import { logFile } from "../serving/log";
import { servingOptions } from "../serving/options";
import { eventJson, eventLines, findingLine, jsonLine, servedLine } from "../serving/show";
import { type ServedToken, servedToken } from "../serving/token";
import { rootOf, wholeFilesOf } from "../surroundings";
import { tell } from "../tell";

const options = { ...servingOptions, "running-slot": runningSlot, ...bootloader, ...stated };

type ServeOptions = ValuesOf<typeof options>;

export default defineCommand({
  name: "serve",
  summary: "Serve the repartitioner and MicroPython to devices, and show how far they are.",
  description:
    "Reads crossflash.json and its files, and serves the two images under the paths that 'delivery' names, and nothing else, until Ctrl-C. An image that is not the right one is refused before anything is served: a combined image, another chip, one that does not fit its slot, a damaged one, the two swapped, a repartitioner that was built for another table. What stands in no file can be stated, as for 'crossflash plan'.\n\nIt listens on one address only: the one that crossflash.json names, else the only one at which devices can be; where there are several, it asks. What each device fetches and which step it reports is printed as it happens. A device that loses the connection, or finds the server restarted, goes on where it was.\n\nExit code 1 where an image is refused.",
  operand: { value: MANIFEST_NAME, optional: true },
  options,
  run: ({ files: [path = MANIFEST_NAME], options }, io) =>
    reported(io, "text", async (reporter) => {
      const vetted = await vettedImages(path, options, reporter, io);
      const serving = await io.serving();
      const token = servedToken(options, serving, io);
      const images = belowToken(vetted, token.token);
      // What was apart in the manifest may meet where only one address had the token.
      const [clash] = clashTexts(images);
      if (clash !== undefined) throw new Stop(1, `Nothing is served. ${clash}`);
      const store = serving.deviceStore(serving.defaultLimits.devices);
      const planned = images.flatMap((image) => image.planned ?? []);
      const address = await servedAddress(options, planned, serving.localAddresses(), io);
      const started = await serving.startOtaServer({
        images,
        address,
        name: options.name,
        port: options.port ?? planned[0]?.port ?? DEFAULT_PORT,
        token: token.token,
        certificate: await certificateOf(options, { address, name: options.name }, serving, io),
        now: serving.clock,
        onEvent(event) {
          const record = store.hear(event);
          if (options.format === "json") io.out(eventJson(event));
          else tell(io, "out", eventLines(event, record));
        },
      });
      if (!started.ok) throw new Stop(2, started.message);
      const server = started.value;
      try {
        // Whoever reads the address may end it at once.
        const stop = io.interrupted();
        const log =
          options.log === undefined
            ? undefined
            : logFile(options.log, store, images.map(servedLine), serving.clock, io);
        if (log && log.path !== options.log)
          reporter.note([`'${options.log}' is there already and is kept: the log goes into '${log.path}'.`]);
        await tellServed(server, images, token, options, serving, reporter, io);
        await (log ? log.keep(stop) : aborted(stop));
      } finally {
        await server.close();
      }
      return 0;
    }),
});

async function vettedImages(
  path: string,
  options: ServeOptions,
  reporter: Reporter,
  io: Io,
): Promise<readonly ServedImage[]> {
  const { repartitioner: name, "running-slot": runningSlot } = options;
  if (name !== undefined) await readFile(name, io);
  const manifestPath = io.absolute(path);
  const delivery = await readDelivery(
    { manifestPath, root: rootOf(manifestPath, io) },
    {
      ...statedBy(options),
      bootloader: await claimsOf(undefined, options, io),
      runningSlot,
      repartitioner: name === undefined ? undefined : { name, path: io.absolute(name) },
      environment: io.environment,
    },
    wholeFilesOf(io),
  );
  if (!delivery.ok) throw new Stop(delivery.reason === "errors" ? 1 : 2, delivery.message);
  const { findings, images } = delivery.value;
  reporter.note(findings.map(findingLine));
  if (hasErrors(findings)) throw new Stop(1, "Nothing is served.");
  return images;
}

async function tellServed(
  server: OtaServer,
  images: readonly ServedImage[],
  { token, shown }: ServedToken,
  { format }: ServeOptions,
  { qrLines }: Serving,
  { note }: Reporter,
  io: Io,
): Promise<void> {
  const { isSecure, host, port } = server;
  const stray = strayTexts(images, { isSecure, host, port });
  const unreachable = await server.check();
  note(
    [...stray, ...(unreachable === undefined ? [] : [unreachable])].map((message) => [
      styled("warning", "warning:"),
      ` ${message}`,
    ]),
  );
  if (format === "json") {
    const served = images.map(({ image, path, bytes, sha256 }) => ({
      image,
      path,
      size: bytes.length,
      sha256,
    }));
    io.out(
      jsonLine({ event: "serving", isSecure, host, port, hasToken: token !== undefined, images: served }),
    );
    return;
  }
  const urls = images.map((image) => server.urlOf(image));
  tell(io, "out", [
    ...images.map((image) => `${shown(server.urlOf(image))}  ${servedLine(image)}`),
    `${shown(server.reportUrl)}  reports of steps`,
    ...(io.isWatched("out") && urls[0] !== undefined ? qrLines(urls[0]) : []),
    ...(unreachable === undefined ? [REACHED] : []),
    "Ctrl-C ends.",
  ]);
}

const REACHED =
  "This machine reaches its own address. Whether a firewall keeps devices out, only a device can tell.";

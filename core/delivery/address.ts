import type { DeliveredImage } from "./events";

/** Where devices ask for an image, as the manifest has it. */
export interface DeliveryPlace {
  /** Of the request, as it goes over the wire: `/micropython.bin`. */
  readonly path: string;
  /** What the manifest names; undefined where it names nothing. */
  readonly planned: PlannedAddress | undefined;
}

export interface PlannedAddress {
  readonly isSecure: boolean;
  readonly host: string;
  readonly port: number;
}

/** The place of an image: that of its address in the manifest, else the name that everybody uses. */
export function placeOf(image: DeliveredImage, url: string | undefined): DeliveryPlace {
  const [, scheme, host = "", port, path = "/"] =
    /^(https?):\/\/(\[[0-9a-f:.]+\]|[^/:?#@\s]+)(?::(\d{1,5}))?(?=[/?#]|$)(\/[^?#\s]*)?/i.exec(url ?? "") ??
    [];
  if (scheme === undefined) return { path: `/${image}.bin`, planned: undefined };
  const isSecure = scheme.toLowerCase() === "https";
  return {
    path: path === "/" ? `/${image}.bin` : path,
    planned: { isSecure, host, port: Number(port ?? (isSecure ? 443 : 80)) },
  };
}

/** Where a server takes the reports of steps, whatever it serves. */
export const REPORT_PATH = "/report";

/** Where it takes those of devices that download MicroPython from `path` as well: in the same folder. */
export const reportPathBeside = (path: string): string => path.replace(/[^/]*$/, REPORT_PATH.slice(1));

/** The address to which devices report that download MicroPython from `url`; undefined where `url` is none. */
export function reportUrlBeside(url: string): string | undefined {
  const { path, planned } = placeOf("micropython", url);
  // As it is written there: without a port where it has none.
  const [origin = ""] = /^https?:\/\/[^/?#]+/i.exec(url) ?? [];
  return planned && origin + reportPathBeside(path);
}

/** What stands at a path of a server. */
interface PathOfImage {
  readonly image: DeliveredImage;
  readonly path: string;
}

/** All paths at which a server of these images takes reports; the first is the one that it tells of. */
export const reportPaths = (images: readonly PathOfImage[]): readonly [string, ...string[]] => {
  const micropython = images.find(({ image }) => image === "micropython");
  return micropython ? [reportPathBeside(micropython.path), REPORT_PATH] : [REPORT_PATH];
};

/** Why the devices cannot be served under these paths, in sentences. Whoever asked for one image would get the other. */
export function clashTexts(images: readonly PathOfImage[]): readonly string[] {
  const paths = images.map(({ path }) => path);
  const twice = paths.find((path, index) => paths.indexOf(path) !== index);
  const taken = reportPaths(images).find((path) => paths.includes(path));
  return [
    ...(twice === undefined
      ? []
      : [
          `"repartitioner" and "micropython" of "delivery" both end in ${twice}, so devices that ask for one would get the other. Give the two files different names in crossflash.json, and build the repartitioner again.`,
        ]),
    ...(taken !== undefined
      ? [
          `An address in "delivery" ends in ${taken}, where the server takes the reports of the devices. Give the file another name in crossflash.json, and build the repartitioner again.`,
        ]
      : []),
  ];
}

/** The places as they are below a token, for addresses in the manifest that begin with it: it is put in front of all paths. */
export const belowToken = <T extends DeliveryPlace>(
  places: readonly T[],
  token: string | undefined,
): readonly T[] =>
  places.map((place) =>
    token !== undefined && place.path.startsWith(`/${token}/`)
      ? { ...place, path: place.path.slice(token.length + 1) }
      : place,
  );

/** The port of most examples, where the manifest names none. */
export const DEFAULT_PORT = 9000;

/** What the devices will ask elsewhere for, in sentences: nobody here hears them. */
export function strayTexts(
  images: readonly (DeliveryPlace & { readonly image: DeliveredImage })[],
  actual: PlannedAddress,
): readonly string[] {
  return images.flatMap(({ image, path, planned }) => {
    if (!planned || isSame(planned, actual)) return [];
    return [
      `crossflash.json has the devices ask for ${image === "micropython" ? "MicroPython" : "the repartitioner"} at ${addressText(planned)}${path}, but this server is ${addressText(actual)}. Serve there${hint(planned, actual)}, or correct "${image}" of "delivery" and build the repartitioner again.`,
    ];
  });
}

/** A name may well lead here, which only somebody who knows the network can say. */
const hint = ({ host }: PlannedAddress, actual: PlannedAddress): string =>
  host.toLowerCase() !== actual.host.toLowerCase() && /[a-z]/i.test(host) && !host.startsWith("[")
    ? `, say --name ${host} where that name leads to this machine`
    : "";

const isSame = (a: PlannedAddress, b: PlannedAddress): boolean =>
  a.isSecure === b.isSecure && a.host.toLowerCase() === b.host.toLowerCase() && a.port === b.port;

/** `http://192.168.1.10:9000` */
export const addressText = ({ isSecure, host, port }: PlannedAddress): string =>
  `${isSecure ? "https" : "http"}://${host}:${port}`;

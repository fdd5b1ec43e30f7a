import http, { type IncomingMessage, type RequestOptions } from "node:http";
import https from "node:https";
import type { FetchedImage, Offer } from "../../../core/sim/effect";
import type { DeviceNetwork } from "./simulatedFirmware";

export interface HttpPlaces {
  readonly images: Readonly<Record<FetchedImage, string>>;
  /** Where lines are reported to; nowhere unless said. */
  readonly report?: string | undefined;
  /** In PEM, of a server whose certificate nobody else knows. */
  readonly authority?: string | undefined;
  /** Milliseconds for which a server may say nothing. */
  readonly patience?: number | undefined;
}

const PATIENCE = 10_000;

/** The network of a device, with the HTTP of this machine: see docs/serving.md. Connections end with `close`. */
export const httpNetwork = (places: HttpPlaces): DeviceNetwork => {
  let body: IncomingMessage | undefined;
  const close = (): void => {
    body?.destroy();
    body = undefined;
  };
  return {
    connect: async () => true,
    async open(image, from, mac) {
      close();
      const headers = { ...deviceHeader(mac), ...(from > 0 ? { Range: `bytes=${from}-` } : {}) };
      body = await answerTo(places, places.images[image], { headers });
      return body && offerOf(body);
    },
    read: (size) => (body ? readAtMost(body, size) : Promise.resolve(undefined)),
    close,
    async report(line, mac) {
      if (places.report === undefined) return;
      const headers = { ...deviceHeader(mac), "Content-Type": "text/plain" };
      const answer = await answerTo(places, places.report, { method: "POST", headers }, line);
      answer?.resume();
    },
  };
};

const deviceHeader = (mac: string | undefined): Record<string, string> =>
  mac === undefined ? {} : { "X-Crossflash-Device": mac };

/** The answer with its body still to be read; undefined where none comes. */
const answerTo = (
  { authority, patience = PATIENCE }: HttpPlaces,
  url: string,
  options: RequestOptions,
  sent?: string,
): Promise<IncomingMessage | undefined> =>
  new Promise((resolve) => {
    const settings = { ...options, agent: false, timeout: patience };
    const request = url.startsWith("https:")
      ? https.request(url, { ...settings, ...(authority === undefined ? {} : { ca: authority }) })
      : http.request(url, settings);
    request.on("timeout", () => request.destroy(new Error("nobody answers")));
    request.on("error", () => resolve(undefined));
    request.on("response", (response) => {
      // Whoever reads notices that the connection broke.
      response.on("error", () => undefined);
      resolve(response);
    });
    request.end(sent);
  });

function offerOf({ statusCode = 0, headers }: IncomingMessage): Offer {
  const [, start, whole] = /^bytes (\d+)-\d+\/(\d+)$/.exec(headers["content-range"] ?? "") ?? [];
  const total = whole ?? headers["content-length"];
  return {
    status: statusCode,
    total: total === undefined ? undefined : Number(total),
    start: start === undefined ? 0 : Number(start),
    sha256: /^"([0-9a-f]{64})"$/.exec(headers.etag ?? "")?.[1],
  };
}

async function readAtMost(body: IncomingMessage, size: number): Promise<Uint8Array | undefined> {
  for (;;) {
    if (body.destroyed && body.readableLength === 0 && !body.readableEnded) return undefined;
    const bytes = body.read(Math.min(size, body.readableLength)) as Buffer | null;
    if (bytes && bytes.length > 0) return new Uint8Array(bytes);
    if (body.readableEnded) return body.complete ? new Uint8Array(0) : undefined;
    await moved(body);
  }
}

/** Settles when there is more to read, or nothing will come any more. */
const moved = (body: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    const events = ["readable", "end", "error", "close"] as const;
    const done = (): void => {
      for (const event of events) body.off(event, done);
      resolve();
    };
    for (const event of events) body.on(event, done);
  });

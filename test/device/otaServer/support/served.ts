import { createHash } from "node:crypto";
import http from "node:http";
import { connect } from "node:net";
import { onTestFinished } from "vitest";
import type { DeliveryEvent } from "../../../../core/delivery/events";
import type { ServedImage } from "../../../../core/delivery/readDelivery";
import { vetFile } from "../../../../core/delivery/vetFile";
import {
  type OtaServer,
  type OtaServerOptions,
  startOtaServer,
} from "../../../../device/otaServer/otaServer";
import { concat, pattern } from "../../../support/bytes";
import { makeRepartitioner, micropython } from "../../../support/deliveryFixture";

/** Servers on loopback, and clients that do what no library does. */

function served(image: ServedImage["image"], bytes: Uint8Array): ServedImage {
  const { vetted } = vetFile(image, { name: `${image}.bin`, bytes });
  if (!vetted) throw new Error(`${image} is refused`);
  return { ...vetted, path: `/${image}.bin`, planned: undefined };
}

export const images: readonly ServedImage[] = [
  served("repartitioner", makeRepartitioner()),
  served("micropython", micropython),
];

/** MicroPython, which most tests fetch. */
export const image = images[1] as ServedImage;

/** Larger than what the system keeps for a connection on loopback, where an image of the usual size is gone at once. */
export const large: ServedImage = ((bytes) => ({ ...image, bytes, sha256: sha256(bytes) }))(
  concat(Array.from({ length: 16 }, (_, index) => pattern(0x100000, index + 1))),
);

export interface TestServer extends OtaServer {
  readonly origin: string;
  readonly events: readonly DeliveryEvent[];
  /** The first event that fits, there already or to come. */
  event(fits: (event: DeliveryEvent) => boolean): Promise<DeliveryEvent>;
}

/** A server that is gone with the test. */
export async function serve(options: Partial<OtaServerOptions> = {}): Promise<TestServer> {
  const events: DeliveryEvent[] = [];
  const waiting = new Set<(event: DeliveryEvent) => void>();
  const started = await startOtaServer({
    images,
    address: "127.0.0.1",
    port: 0,
    now: () => events.length,
    ...options,
    onEvent(event) {
      options.onEvent?.(event);
      events.push(event);
      for (const hear of waiting) hear(event);
    },
  });
  if (!started.ok) throw new Error(started.message);
  const server = started.value;
  onTestFinished(() => server.close());
  return {
    ...server,
    origin: `${server.isSecure ? "https" : "http"}://127.0.0.1:${server.port}`,
    events,
    event: (fits) =>
      new Promise((resolve) => {
        const before = events.find(fits);
        if (before) return resolve(before);
        const hear = (event: DeliveryEvent): void => {
          if (!fits(event)) return;
          waiting.delete(hear);
          resolve(event);
        };
        waiting.add(hear);
      }),
  };
}

export interface Answered {
  readonly status: number;
  readonly headers: http.IncomingHttpHeaders;
  readonly body: Buffer;
}

/** One request. `path` goes over the wire as it is. */
export const ask = (
  { port }: Pick<OtaServer, "port">,
  path: string,
  { body, ...options }: http.RequestOptions & { readonly body?: string | Uint8Array } = {},
): Promise<Answered> =>
  new Promise((resolve, reject) => {
    const request = http.request({ host: "127.0.0.1", port, path, agent: false, ...options });
    request.on("error", reject);
    request.on("response", (response) => {
      const pieces: Buffer[] = [];
      response.on("data", (piece: Buffer) => pieces.push(piece));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(pieces) }),
      );
    });
    request.end(body);
  });

/** Sends text over a connection of its own, and gives all that comes until the server ends it. */
export const exchange = (port: number, text: string): Promise<string> =>
  new Promise((resolve) => {
    let answer = "";
    const socket = connect(port, "127.0.0.1", () => socket.write(text));
    socket.setEncoding("latin1");
    socket.on("data", (piece) => {
      answer += piece;
    });
    // A reset is an end as well.
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(answer));
  });

function sha256(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

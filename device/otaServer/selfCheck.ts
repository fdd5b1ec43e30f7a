import type { IncomingMessage } from "node:http";
import http from "node:http";
import https from "node:https";
import type { ServedImage } from "../../core/delivery/readDelivery";
import { messageOf } from "../../core/text/reason";
import { SELF_CHECK } from "./handle";

interface SelfCheckOptions {
  urlOf(image: ServedImage): string;
  readonly selfCheck: string;
  /** In PEM, for a server with a certificate of its own. */
  readonly authority: string | undefined;
}

/** Milliseconds; this machine answers itself at once. */
const PATIENCE = 5000;

/**
 * Asks for every image as a device would, certificate and all, and compares what is announced. Undefined where all is
 * well; a firewall that keeps only others out cannot be seen from here.
 */
export async function checkItself(
  images: readonly ServedImage[],
  options: SelfCheckOptions,
): Promise<string | undefined> {
  for (const image of images) {
    const fault = await faultOf(image, options);
    if (fault !== undefined)
      return `Not even this machine gets '${image.name}' from the server: ${fault}. No device will.`;
  }
  return undefined;
}

async function faultOf(image: ServedImage, options: SelfCheckOptions): Promise<string | undefined> {
  try {
    const { statusCode, headers } = await head(options.urlOf(image), options);
    const isRight =
      statusCode === 200 &&
      headers.etag === `"${image.sha256}"` &&
      headers["content-length"] === String(image.bytes.length);
    return isRight ? undefined : "something else answers at this address";
  } catch (error) {
    return messageOf(error);
  }
}

const head = (url: string, { selfCheck, authority }: SelfCheckOptions): Promise<IncomingMessage> =>
  new Promise((resolve, reject) => {
    const headers = { [SELF_CHECK]: selfCheck };
    const settings = { method: "HEAD", headers, agent: false, timeout: PATIENCE };
    const request = url.startsWith("https:")
      ? https.request(url, { ...settings, ...(authority === undefined ? {} : { ca: authority }) })
      : http.request(url, settings);
    request.on("timeout", () => request.destroy(new Error("it does not answer")));
    request.on("error", reject);
    request.on("response", (response) => {
      response.resume();
      resolve(response);
    });
    request.end();
  });

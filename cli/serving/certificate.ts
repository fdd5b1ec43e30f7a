import type { ServerCertificate, ServerPlace } from "../../device/otaServer/certificate";
import { readFile } from "../board/project";
import { Stop } from "../board/stop";
import type { Io, Serving } from "../io";

export interface CertificateOptions {
  readonly https: boolean;
  readonly cert?: string | undefined;
  readonly key?: string | undefined;
  readonly "ca-out"?: string | undefined;
}

/** The certificate to serve with; undefined where plain HTTP is meant. Writes what the devices have to know. */
export async function certificateOf(
  options: CertificateOptions,
  place: ServerPlace,
  serving: Serving,
  io: Io,
): Promise<ServerCertificate | undefined> {
  const { cert, key, "ca-out": output } = options;
  if ((cert === undefined) !== (key === undefined))
    throw new Stop(2, "A certificate and its key belong together: give both --cert and --key.");
  if (!options.https && cert === undefined) {
    if (output !== undefined) throw new Stop(2, "There is a certificate only with --https.");
    return undefined;
  }
  const made =
    cert === undefined || key === undefined
      ? await serving.ownCertificate(serving.stateFolder, place, serving.clock())
      : serving.givenCertificate(
          { chain: await pemText(cert, io), key: await pemText(key, io) },
          place,
          serving.clock(),
        );
  if (!made.ok) throw new Stop(2, made.message);
  if (output !== undefined) writeAuthority(output, made.value, io);
  return made.value;
}

const pemText = async (path: string, io: Io): Promise<string> =>
  new TextDecoder().decode((await readFile(path, io)).bytes);

function writeAuthority(path: string, { authority }: ServerCertificate, io: Io): void {
  if (authority === undefined)
    throw new Stop(
      2,
      "The authority of this certificate is not in its file: take its certificate from where you got this one.",
    );
  const written = io.write(path, new TextEncoder().encode(authority));
  if (!written.ok) throw new Stop(2, written.message);
}

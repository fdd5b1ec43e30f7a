import { success } from "../../core/result";
import { choice, flag, oneOf, refused, text } from "../options";

/** How `crossflash serve` is told what to serve and where. */
export const servingOptions = {
  repartitioner: text(
    "BIN",
    "The repartitioner, where it is not the one in the build folder of its project.",
  ),
  interface: text("NAME", "The network interface on which the devices are, such as eth0."),
  address: text("ADDRESS", "The address of this machine that the devices reach."),
  name: oneOf(
    "NAME",
    "The name by which the devices know this machine, where crossflash.json has one in its addresses.",
    (given) =>
      /^(?=.{1,253}$)(?!.*\.\d+$)[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*$/.test(
        given,
      )
        ? success(given.toLowerCase())
        : refused(`must be a name such as updates.example.com, not '${given}'`),
  ),
  port: oneOf(
    "PORT",
    "The port; the one in the addresses of crossflash.json, or 9000. 0 takes any that is free.",
    (given) =>
      /^\d{1,5}$/.test(given) && Number(given) < 65536
        ? success(Number(given))
        : refused(`must be a port from 0 to 65535, not '${given}'`),
  ),
  https: flag("Serve over HTTPS, with a certificate of Crossflash's own authority unless one is given."),
  cert: text("PEM", "The certificate to serve with, and those between it and the authority."),
  key: text("PEM", "The key of this certificate."),
  "ca-out": text(
    "PEM",
    "Writes the certificate that the devices have to know; the repartitioner is built with it.",
  ),
  token: oneOf(
    "TOKEN",
    "Serve only below this path, which nobody guesses; 'new' makes one up. CROSSFLASH_TOKEN says it without leaving it in the history of the shell.",
    (given) =>
      given === NEW_TOKEN || isToken(given)
        ? success(given)
        : refused("must have 16 to 64 letters, digits, '-' or '_'"),
  ),
  log: text(
    "FILE",
    "Keeps the log of all devices in this file: as JSON where its name ends in .json. Where it is there already, a new one beside it.",
  ),
  format: choice(
    ["text", "json"],
    "How events are written; json is one object a line. text unless told otherwise.",
  ),
};

export const NEW_TOKEN = "new";

export const isToken = (text: string): boolean => /^[A-Za-z0-9_-]{16,64}$/.test(text);

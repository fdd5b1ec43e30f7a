import { parseIdfVersion } from "../../core/compat/idfVersion";
import { success } from "../../core/result";
import { choice, oneOf, refused, text } from "../options";
import { chip, flashSize } from "../tableOptions";

/** The options that several commands on migrations share. */

const RELEASE = /^v?\d+\.\d+(\.\d+)?$/;

export const bootloader = {
  bootloader: oneOf("VERSION", "The ESP-IDF of the devices' bootloader, such as v3.3.5.", (given) =>
    parseIdfVersion(given) ? success(given) : refused(`must be a version such as v3.3.5, not '${given}'`),
  ),
  arduino: oneOf("VERSION", "The Arduino core that the bootloader came with, such as 1.0.6.", (given) =>
    RELEASE.test(given) ? success(given) : refused(`must be a version such as 1.0.6, not '${given}'`),
  ),
};

export const runningSlot = text(
  "NAME",
  "The app partition from which the devices run today; any unless told otherwise.",
);

const protection = (help: string) => choice(["on", "off"], help);

/** What of the devices decides whether they start an app, and stands in no file. */
export const stated = {
  rule: choice(
    ["strict", "documented"],
    "strict, the default: the app's ESP-IDF is at least the bootloader's, with the same major version. documented: the major version may differ.",
  ),
  chip,
  "chip-revision": oneOf("REVISION", "The oldest chip revision of the devices, such as 3.1.", (given) => {
    const [, major, minor] = /^v?(\d{1,2})\.(\d{1,2})$/.exec(given) ?? [];
    return major === undefined
      ? refused(`must be a revision such as 3.1, not '${given}'`)
      : success(Number(major) * 100 + Number(minor));
  }),
  "flash-size": flashSize,
  rollback: protection("Whether the bootloader undoes updates that do not confirm themselves."),
  "secure-boot": protection("Whether Secure Boot is on."),
  "flash-encryption": protection("Whether flash encryption is on."),
};

/** Whether somebody means a release of MicroPython rather than a file. */
export const isRelease = (given: string): boolean => RELEASE.test(given) || given === "master";

import { reportUrlBeside } from "../delivery/address";
import type { MigrationManifest } from "../project/manifest";
import { basename } from "../project/paths";
import type { Addresses } from "./sdkconfigDefaults";

/** What is built where nobody says how it is called. */
export const PROJECT_NAME = "repartitioner";

/**
 * The addresses that may stand in files that everybody sees: one with a name and a password in it may not, nor one that
 * cannot be quoted.
 */
export function publicAddresses({ delivery = {} }: MigrationManifest): Addresses {
  const [micropython, repartitioner] = [delivery.micropython, delivery.repartitioner].map((url = "") =>
    isSecret(url) || !/^[!-~]*$/.test(url) || /["\\$`]/.test(url) ? "" : url,
  );
  // Crossflash's own server takes reports there. Other servers answer that there is no such page: nothing depends on it.
  return {
    micropython: micropython ?? "",
    repartitioner: repartitioner ?? "",
    report: reportUrlBeside(micropython ?? "") ?? "",
    isSecure: [delivery.micropython, delivery.repartitioner].some((url) => url?.startsWith("https:")),
  };
}

export const isSecret = (url: string): boolean => /^https?:\/\/[^/?#]*@/.test(url);

/** How the app is called: by the last part of the address from which the devices download it. */
export function appName({ delivery }: MigrationManifest): string | undefined {
  const file = basename(/^[^?#]*/.exec(delivery?.repartitioner ?? "")?.[0] ?? "");
  return /^([A-Za-z0-9][A-Za-z0-9_.-]*)\.bin$/.exec(file)?.[1];
}

import { comparePositions, parseIdfVersion } from "../../compat/idfVersion";
import type { CompatQuestion } from "../../compat/verdict";
import type { BootloaderModel } from "../boot/model";
import type { ScenarioOptions } from "./makeScenarios";

/** What is known of the bootloader of the devices; the one of the published procedure where nothing is. */
export function simulatedDevices({
  bootloader,
  rollback,
  secureBoot,
  flashEncryption,
  app,
}: CompatQuestion): Pick<ScenarioOptions, "bootloader" | "isProtected" | "micropythonIdf"> {
  const idfVersion = bootloader.idf?.text ?? PUBLISHED_BOOTLOADER;
  return {
    bootloader: { idfVersion, kind: rollback === "on" ? "rollback" : kindOf(idfVersion) },
    isProtected: secureBoot === "on" || flashEncryption === "on",
    micropythonIdf: app.image?.idfVersion,
  };
}

const PUBLISHED_BOOTLOADER = "v3.3.5";
const STATES_SINCE = parseIdfVersion("v3.3");

/** Before v3.3 otadata had no states. */
function kindOf(idfVersion: string): BootloaderModel["kind"] {
  const version = parseIdfVersion(idfVersion);
  return version && STATES_SINCE && comparePositions(version.low, STATES_SINCE.low) < 0
    ? "stateless"
    : "plain";
}

/**
 * The clock of the flash in the header of the bootloader and of the app, in MHz; undefined where nobody has read it, and
 * "free" where the app is yet to be built, so that whoever builds it chooses.
 */
export interface FlashClocks {
  readonly bootloader: number | undefined;
  readonly app: number | "free" | undefined;
}

export type ClockMatch = "same" | "other" | "free" | "unknown";

/** How the clocks stand to each other; without any nothing is known. */
export function clockMatch(clocks: FlashClocks | undefined): ClockMatch {
  const { bootloader, app } = clocks ?? {};
  if (app === "free") return "free";
  if (bootloader === undefined || app === undefined) return "unknown";
  return bootloader === app ? "same" : "other";
}

/** What the clocks mean for an app that crashes where they differ, and what to do; whole sentences. */
export function clockSentences(clocks: FlashClocks | undefined): string {
  const { bootloader, app } = clocks ?? {};
  const advice: Readonly<Record<ClockMatch, string>> = {
    same: `Here both have ${bootloader} MHz.`,
    other: `Here the bootloader has ${bootloader} MHz and the app ${app} MHz. Build the app with ${bootloader} MHz, or with the newest bugfix release of its ESP-IDF.`,
    free:
      bootloader === undefined
        ? `So build it with the clock of the bootloader, which is not known. ${READ_BOOTLOADER}`
        : `So build it with the clock of the bootloader, which is ${bootloader} MHz.`,
    unknown: `${missing(bootloader, app)} Compare them before anything else.`,
  };
  return `${CRASH} ${advice[clockMatch(clocks)]}`;
}

const CRASH =
  "Apps of this ESP-IDF set the clock of the flash in their start, and crash there where the bootloader had another one.";

const READ_BOOTLOADER = "Read the bootloader from a device: the header of its image names the clock.";

function missing(bootloader: number | undefined, app: FlashClocks["app"]): string {
  const binary = "Choose the binary of the app: its header names its clock.";
  if (bootloader !== undefined)
    return `The bootloader has ${bootloader} MHz; which clock the app has is not known. ${binary}`;
  return app === undefined
    ? `Which clock the two have here is not known. ${READ_BOOTLOADER} ${binary}`
    : `The app has ${app} MHz; which clock the bootloader has is not known. ${READ_BOOTLOADER}`;
}

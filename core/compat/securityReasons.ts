import type { Protection } from "../job/board";
import { type BootloaderFinding, sourcedIdf } from "./bootloaderVersion";
import { type ArduinoRow, arduinoRows, LAST_WITHOUT_ROLLBACK, WITHOUT_ROLLBACK_SOURCE } from "./data/arduino";
import { EMULATED_SOURCE, emulatedSights } from "./data/emulated";
import { FEATURES_SOURCE } from "./data/features";
import { type Evidence, evidence, type Reason, reason } from "./evidence";
import { hasFeature } from "./features";

/** What the devices' bootloader and eFuses insist on; `unknown`, or nothing, where nobody has looked. */
export interface SecurityQuestion {
  /** Whether the bootloader was built with CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE. */
  readonly rollback?: Protection | undefined;
  readonly secureBoot?: Protection | undefined;
  readonly flashEncryption?: Protection | undefined;
}

const UNDONE = evidence("emulated", EMULATED_SOURCE, emulatedSights.rollback);
const CONFIRMS = evidence(
  "documented",
  "ports/esp32/boards/sdkconfig.base of MicroPython",
  "MicroPython can confirm an update (esp32.Partition.mark_app_valid_cancel_rollback) since v1.21, before that only in its OTA builds.",
);

/** The bootloader of the devices decides whether updates are undone, whatever the new app was built with. */
export function rollbackReason(
  { rollback = "unknown" }: SecurityQuestion,
  bootloader: BootloaderFinding,
): Reason {
  const about = (verdict: Reason["verdict"], sentence: string, ...cited: readonly Evidence[]) =>
    reason("rollback", verdict, sentence, ...cited);
  if (rollback === "on")
    return about(
      "risky",
      "The bootloader undoes an update that was started as new and not confirmed: the repartitioner would run again, and again. Build the repartitioner without rollback, or let MicroPython confirm itself from boot.py.",
      UNDONE,
      CONFIRMS,
    );
  if (rollback === "off") return about("supported", "The bootloader does not undo updates.");
  const idf = sourcedIdf(bootloader);
  if (idf && hasFeature("rollback", idf) === false)
    return about("supported", "The bootloader is too old to undo updates.", TOO_OLD);
  if (bootloader.arduino && isWithoutRollback(bootloader.arduino))
    return about("supported", "The bootloaders of this Arduino core do not undo updates.", ARDUINO);
  return about(
    "unknown",
    "It is not known whether the bootloader undoes updates that were not confirmed. Look at CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE of the firmware that it came with.",
    UNDONE,
    CONFIRMS,
  );
}

const TOO_OLD = evidence(
  "documented",
  FEATURES_SOURCE,
  "Since v3.3 otadata has the states that rollback needs.",
);
const ARDUINO = evidence(
  "reported",
  WITHOUT_ROLLBACK_SOURCE,
  `The bootloaders of Arduino cores up to ${LAST_WITHOUT_ROLLBACK} were built without rollback.`,
);

/** The list is in the order of the releases. */
const isWithoutRollback = (row: ArduinoRow): boolean =>
  arduinoRows.indexOf(row) <= arduinoRows.findIndex(({ core }) => core === LAST_WITHOUT_ROLLBACK);

const SIGNED = evidence(
  "documented",
  "ESP-IDF's documentation of Secure Boot",
  "With Secure Boot the bootloader starts only apps that are signed with the key of the device; the first version also signs the partition table.",
);

export function secureBootReason({ secureBoot = "unknown" }: SecurityQuestion): Reason {
  const about = (verdict: Reason["verdict"], sentence: string) =>
    reason("secure-boot", verdict, sentence, SIGNED);
  if (secureBoot === "off") return about("supported", "Secure Boot is off.");
  return secureBoot === "on"
    ? about(
        "refused",
        "Secure Boot is on: the devices start nothing that is not signed with their key, and MicroPython is not.",
      )
    : about("unknown", "It is not known whether Secure Boot is on. Read the eFuses of a device.");
}

const ENCRYPTED = evidence(
  "documented",
  "ESP-IDF's documentation of flash encryption; ports/esp32/boards/sdkconfig.base of MicroPython",
  "With flash encryption the partition table must be encrypted too ('Failed to verify partition table'), and MicroPython does not support it.",
);

export function flashEncryptionReason({ flashEncryption = "unknown" }: SecurityQuestion): Reason {
  const about = (verdict: Reason["verdict"], sentence: string) =>
    reason("flash-encryption", verdict, sentence, ENCRYPTED);
  if (flashEncryption === "off") return about("supported", "Flash encryption is off.");
  return flashEncryption === "on"
    ? about(
        "refused",
        "Flash encryption is on: the devices would not read the new table, and MicroPython does not support it.",
      )
    : about("unknown", "It is not known whether flash encryption is on. Read the eFuses of a device.");
}

import { formatFlashSize } from "../chip/flashSize";
import type { ChipTarget } from "../chip/targets";
import { hex } from "../text/units";
import { type BootloaderFlash, flashSettings } from "./flashSettings";
import type { ProjectIdf } from "./projectIdf";

/** What the configuration of a project follows from. */
export interface ConfigSubject {
  readonly idf: ProjectIdf;
  readonly chip: ChipTarget;
  readonly tableOffset: number;
  readonly md5Row: boolean;
  /** Of the devices, in bytes. */
  readonly flashSize: number | undefined;
  readonly bootloaderFlash: BootloaderFlash | undefined;
  readonly addresses: Addresses;
}

/** Where the devices download from and report to; empty where nothing may stand in a file of the project. */
export interface Addresses {
  readonly micropython: string;
  readonly repartitioner: string;
  readonly report: string;
  /** Whether anything is downloaded over HTTPS, by an address that stands here or by one that may not. */
  readonly isSecure: boolean;
}

/** A line, and why it stands there. */
interface Setting {
  readonly why: string;
  readonly lines: readonly string[];
}

/**
 * `sdkconfig.defaults` with the names that this ESP-IDF has for its options (the Kconfig files of its tags). The head is
 * ESP-IDF's own, so that whoever reads it knows whose names they are.
 */
export const sdkconfigDefaults = (subject: ConfigSubject): string =>
  `# Espressif IoT Development Framework (ESP-IDF) ${subject.idf.release} Project Minimal Configuration
# Made by 'crossflash scaffold'. These values count as long as there is no sdkconfig: remove that after a change here.
${settingsOf(subject)
  .filter(({ lines }) => lines.length > 0)
  .map(({ why, lines }) => `\n# ${why}\n${lines.join("\n")}\n`)
  .join("")}`;

const settingsOf = (subject: ConfigSubject): readonly Setting[] => [
  ...deviceSettings(subject),
  {
    why: "Some of these chips have one core, on which an app for two does not start; one is enough on the others.",
    lines: subject.chip.id === "esp32" ? ["CONFIG_FREERTOS_UNICORE=y"] : [],
  },
  ...safetySettings(subject),
  {
    why: "Small, because the app has to fit the slots of today, and with the lines that tell what it does.",
    lines: [smallest(subject), "CONFIG_LOG_DEFAULT_LEVEL_INFO=y"],
  },
  ...networkSettings(subject),
];

function deviceSettings({
  idf,
  chip,
  tableOffset,
  md5Row,
  flashSize = 0,
  bootloaderFlash,
}: ConfigSubject): readonly Setting[] {
  const isNamed = flashSize > 0 && flashSize <= largestFlash(idf);
  return [
    {
      why: "The devices as they are.",
      lines: [
        ...(idf.major < 4 ? [] : [`CONFIG_IDF_TARGET="${chip.id}"`]),
        ...(isNamed ? [`CONFIG_ESPTOOLPY_FLASHSIZE_${formatFlashSize(flashSize)}=y`] : []),
        "CONFIG_PARTITION_TABLE_CUSTOM=y",
        'CONFIG_PARTITION_TABLE_CUSTOM_FILENAME="partitions.csv"',
        `CONFIG_PARTITION_TABLE_OFFSET=${hex(tableOffset)}`,
      ],
    },
    flashSettings({ idf, chip, bootloaderFlash }),
    {
      why: md5Row
        ? "Their table ends with an MD5, and so does the new one."
        : "Their table has no MD5, and apps that insist on one would find no partition.",
      lines: [flag("CONFIG_PARTITION_TABLE_MD5", md5Row)],
    },
  ];
}

/** Larger ones came with v4.4 (`choice ESPTOOLPY_FLASHSIZE`). */
const largestFlash = ({ major, minor }: ProjectIdf): number =>
  (major > 4 || (major === 4 && minor >= 4) ? 128 : 16) * 0x100000;

function safetySettings(subject: ConfigSubject): readonly Setting[] {
  const isFirst = isBefore(subject, 4);
  return [
    {
      why: "It has to write the partition table, which ESP-IDF guards.",
      lines: [
        isFirst
          ? "CONFIG_SPI_FLASH_WRITING_DANGEROUS_REGIONS_ALLOWED=y"
          : "CONFIG_SPI_FLASH_DANGEROUS_WRITE_ALLOWED=y",
        "CONFIG_SPI_FLASH_YIELD_DURING_ERASE=y",
      ],
    },
    {
      why: "With rollback MicroPython would be undone; the others are for devices that this migration cannot change.",
      lines: [
        flag(isFirst ? "CONFIG_APP_ROLLBACK_ENABLE" : "CONFIG_BOOTLOADER_APP_ROLLBACK_ENABLE", false),
        flag(isBefore(subject, 4, 1) ? "CONFIG_SECURE_BOOT_ENABLED" : "CONFIG_SECURE_BOOT", false),
        flag(isFirst ? "CONFIG_FLASH_ENCRYPTION_ENABLED" : "CONFIG_SECURE_FLASH_ENC_ENABLED", false),
      ],
    },
    {
      why: "Nothing but the migration writes to flash: what the firmware keeps stays as it is, should it start again.",
      lines: [
        flag(`CONFIG_${isBefore(subject, 4, 4) ? "ESP32" : "ESP"}_PHY_CALIBRATION_AND_DATA_STORAGE`, false),
        flag(
          isBefore(subject, 4, 3)
            ? "CONFIG_ESP32_ENABLE_COREDUMP_TO_FLASH"
            : "CONFIG_ESP_COREDUMP_ENABLE_TO_FLASH",
          false,
        ),
      ],
    },
  ];
}

/** Each of them is -Os. */
function smallest(subject: ConfigSubject): string {
  if (isBefore(subject, 4)) return "CONFIG_OPTIMIZATION_LEVEL_RELEASE=y";
  return isBefore(subject, 4, 1)
    ? "CONFIG_COMPILER_OPTIMIZATION_LEVEL_RELEASE=y"
    : "CONFIG_COMPILER_OPTIMIZATION_SIZE=y";
}

function networkSettings({ idf, addresses }: ConfigSubject): readonly Setting[] {
  const { micropython, repartitioner, report, isSecure } = addresses;
  const named = Object.entries({ MICROPYTHON: micropython, REPARTITIONER: repartitioner, REPORT: report });
  return [
    {
      why: "Wi-Fi as the firmware stored it comes first; main/rp_secrets.h can name another network and other addresses.",
      lines: named.flatMap(([name, url]) => (url === "" ? [] : [`CONFIG_RP_${name}_URL="${url}"`])),
    },
    {
      why: "Downloads without encryption: the SHA-256 of MicroPython is known.",
      lines: [micropython, repartitioner].some((url) => url.startsWith("http:"))
        ? [idf.major < 5 ? "CONFIG_OTA_ALLOW_HTTP=y" : "CONFIG_ESP_HTTPS_OTA_ALLOW_HTTP=y"]
        : [],
    },
    {
      why: "Put the certificate that the server has, or the one that signed it, into main/server.pem.",
      lines: isSecure ? ["CONFIG_RP_SERVER_CERTIFICATE=y"] : [],
    },
  ];
}

const flag = (name: string, isOn: boolean): string => (isOn ? `${name}=y` : `# ${name} is not set`);

const isBefore = ({ idf }: Pick<ConfigSubject, "idf">, major: number, minor = 0): boolean =>
  idf.major < major || (idf.major === major && idf.minor < minor);

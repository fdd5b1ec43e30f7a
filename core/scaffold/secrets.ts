/** The names that `firmware/port/rp_settings.h` takes from the file, with what each of them is. */
const names: readonly (readonly [name: string, what: string, example: string])[] = [
  [
    "RP_WIFI_SSID",
    "Tried where the network that the firmware stored does not answer, or there is none.",
    "network",
  ],
  ["RP_WIFI_PASSWORD", "Its password.", "password"],
  [
    "RP_MICROPYTHON_URL",
    "Addresses with a token or a password in them; all others stand in sdkconfig.defaults. An https address needs CONFIG_RP_SERVER_CERTIFICATE=y there, and main/server.pem.",
    "http://192.168.1.10:9000/token/micropython.bin",
  ],
  ["RP_REPARTITIONER_URL", "", "http://192.168.1.10:9000/token/repartitioner.bin"],
  [
    "RP_REPORT_URL",
    "Where 'crossflash serve' takes reports: in the folder of MicroPython.",
    "http://192.168.1.10:9000/token/report",
  ],
];

const definitions = names
  .map(
    ([name, what, example]) => `${what === "" ? "" : `\n/* ${what} */\n`}// #define ${name} "${example}"\n`,
  )
  .join("");

const secrets = (head: string): string => `/*
 * ${head}
 * Take the slashes away in front of what you need. Everything may stay as it is where the devices keep their Wi-Fi.
 */
#pragma once
${definitions}`;

/** For everybody to see, so that whoever clones the project knows what can stand there. */
export const secretsExample = secrets("Copy this file to rp_secrets.h, which git ignores, and write there.");

/** Made once, then the user's. */
export const secretsFile = secrets("What must not get into git: git ignores this file.");

export const gitignore = `# Secrets: see main/rp_secrets.example.h.
/main/rp_secrets.h
# sdkconfig may hold a password that somebody typed into menuconfig; what counts stands in sdkconfig.defaults.
/sdkconfig
/sdkconfig.old
/build/
`;

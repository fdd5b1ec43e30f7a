import { bytesText } from "../../migrate/bytesText";
import { roomForRepartitioner } from "../../migrate/pairFaults";
import { pairOf } from "../../migrate/tablePair";
import { plain } from "../../picture/markdown";
import type { ReadmeSubject } from "./readme";

/** From a bare machine to the binary, and how to see that it is the right one. */
export const buildChapter = (subject: ReadmeSubject): string => `## Build

1. Get ESP-IDF ${subject.idf.release}, once:

${indented(subject.idf.major < 4 ? getByRequirements(subject) : getByInstaller(subject))}

2. Where the devices do not keep their Wi-Fi, or an address holds a token: write it into \`main/rp_secrets.h\`.${subject.addresses.isSecure ? " Put the certificate of the server, or the one that signed it, into `main/server.pem`; `crossflash serve --https --ca-out FILE` writes its own." : ""}

3. Build, in this folder:

${indented(subject.idf.major < 4 ? buildByMake : buildByIdf(subject))}

4. The app is \`build/${subject.name}.bin\`. ${sizeRule(subject)} See what it is, and in the folder of \`crossflash.json\` whether it is as planned:

${indented([`crossflash inspect build/${subject.name}.bin`, "crossflash plan"])}

Do not flash it by a cable to try it: a lab board needs the bootloader, the table and the firmware of the devices, and then takes the update as they do.`;

function getByRequirements({ idf: { release } }: ReadmeSubject): string[] {
  const folder = `esp-idf-${release}`;
  return [
    `git clone -b ${release} --recursive https://github.com/espressif/esp-idf.git ~/${folder}`,
    `python -m pip install --user -r ~/${folder}/requirements.txt`,
    `export IDF_PATH=~/${folder}`,
    "# And its compiler on the PATH (GCC 5.2.0): docs/en/get-started/linux-setup.rst there has its address.",
  ];
}

function getByInstaller({ idf: { release } }: ReadmeSubject): string[] {
  const folder = `esp-idf-${release}`;
  return [
    `git clone -b ${release} --recursive https://github.com/espressif/esp-idf.git ~/${folder}`,
    `~/${folder}/install.sh`,
    `. ~/${folder}/export.sh`,
  ];
}

const buildByMake = ["rm -f sdkconfig", "make defconfig", "make"];

/** The first versions know one chip only. */
const buildByIdf = ({ idf: { major, minor, release }, chip }: ReadmeSubject): string[] => [
  "rm -f sdkconfig",
  ...(major > 4 || minor >= 2 ? [`idf.py set-target ${chip.id}`] : []),
  "idf.py build",
  "# Or without installing anything:",
  `docker run --rm -v "$PWD":/project -w /project espressif/idf:${release} idf.py build`,
];

function sizeRule({ migration: { source, target } }: ReadmeSubject): string {
  const pair = pairOf(source.entries, target);
  const room = pair && roomForRepartitioner(pair);
  return room
    ? `It may have at most ${bytesText(room.size)}: the smallest slot that it has to fit is ${plain(room.name)}. Where it is larger, switch off in \`sdkconfig.defaults\` what these devices do not need, such as assertions, the access point and IPv6.`
    : "";
}

const indented = (lines: readonly string[]): string =>
  ["   ```sh", ...lines.map((line) => `   ${line}`), "   ```"].join("\n");

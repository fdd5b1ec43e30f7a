import type { ReadmeSubject } from "./readme";

/** In which order the devices get what. */
export function deliveryChapter({ addresses, name, migration }: ReadmeSubject): string {
  const { repartitioner, micropython } = addresses;
  const { target } = migration.manifest;
  return `## Deliver

1. Put MicroPython where the repartitioner asks for it${at(micropython)}. It must be the file \`${basename(target?.micropython)}\` to the byte: the repartitioner knows its SHA-256.
2. Put \`build/${name}.bin\` where the firmware gets its updates${at(repartitioner)}.
3. Let one lab board take the update, then one device that somebody can reach, then a few, then the rest.
4. The firmware installs the repartitioner as any other update. \`snippets/ota_call.c\` (ESP-IDF) and \`snippets/ota_call.ino\` (Arduino) show the call, for a firmware that has none.
5. \`crossflash serve\`, in the folder of \`crossflash.json\`, serves both files, takes the reports of the devices and shows how far each one is${at(addresses.report, "; reports go to")}.
6. Leave both files where they are until the last device runs MicroPython: a device that was switched off goes on with the download when it is back.

Power must not fail while the table is written, which takes a fraction of a second: that is the only moment in which a device can be lost. Do not do it on batteries that are almost empty.`;
}

const at = (url: string, before = ":"): string => (url === "" ? "" : `${before} <${url}>`);

const basename = (path = "micropython.bin"): string =>
  path.slice(path.lastIndexOf("/") + 1).replace(/[`\r\n]/g, "_");

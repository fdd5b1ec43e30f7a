/** Every line that a repartitioner writes, in the order in which they come. */
const lines: readonly (readonly [line: string, meaning: string])[] = [
  [
    "step=check-device result=ok table=… running=…",
    "It knows the device. `table` is `source` before the change and `target` after it, `torn` where power failed in between; `running` is `runner` in the slot from which the table is changed, else `other`.",
  ],
  ["step=check-device result=stopped reason=…", "It changes nothing: see below."],
  [
    "step=confirm-repartitioner result=ok",
    "The bootloader has rollback, and does not go back to the firmware any more.",
  ],
  [
    "step=copy-to-runner result=started, ok",
    "It copies itself into the slot from which the table is changed. The firmware that was there is gone.",
  ],
  ["step=start-from-runner result=ok", "It restarts from there."],
  ["step=erase-filesystem result=started, ok", "The place of MicroPython's files is blank now."],
  ["step=settle-otadata result=ok", "otadata selects the same slot in both tables."],
  [
    "step=verify-table result=ok",
    "Everything that the new table needs is in place: the slot that runs holds a whole image and is selected, MicroPython has room, its files' place is blank.",
  ],
  [
    "step=write-table result=started, ok",
    "**The table is written. Without power between these two lines the device is lost.** `result=failed attempt=N`: it did not read back, and is written again, for as long as it takes.",
  ],
  [
    "step=reset result=ok",
    "It restarts with the new table. Wi-Fi is off since the table was begun, so this line and the last one only go to the serial port.",
  ],
  ["step=check-target result=ok", "It found the new table: all that is missing is MicroPython."],
  [
    "step=download-micropython result=started from=N",
    "It downloads, from byte N on where it was interrupted.",
  ],
  [
    "step=download-micropython result=failed reason=… attempt=N",
    "It tries again after a pause: `unreachable` (no server), `status` (the server refuses), `length`, `sha256` and `image` (another file than planned), `dropped` (the connection broke), `flash` (an erase did not work).",
  ],
  ["step=download-micropython result=ok", "All of it was read back, and its SHA-256 is right."],
  ["step=select-micropython result=ok", "The next start is MicroPython's."],
  ["step=go-back result=ok offset=…", "It starts the firmware again, whose slot begins there."],
];

export const logChapter = `## What its lines say

Each begins with \`crossflash:\`; they go to the serial port and, as soon as the device is online, to the report address where there is one: \`report\` in the folder of MicroPython, where \`crossflash serve\` takes them.

| Line | Meaning |
| --- | --- |
${lines.map(([line, meaning]) => `| \`${line}\` | ${meaning} |`).join("\n")}

\`result=failed\` elsewhere means that it tries again, after 1, 2, 4 … seconds and at most five minutes. After ten failures in one start it restarts, or goes back to the firmware as long as the old table is there.`;

export const stopChapter = `## When it stops

| \`reason=\` | What to do |
| --- | --- |
| \`foreign-table\` | The device has neither the table of \`partitions.csv\` nor the new one. Read its flash, and plan a migration of its own for such devices. |
| \`foreign-slot\` | It runs from where its table has no app. Somebody has to read the flash of this device. |
| \`small-flash\` | The bootloader believes in less flash than the new table needs. Choose a layout that fits. |
| \`protected\` | Flash encryption or Secure Boot is on. Such devices cannot be migrated over the air by this app. |

It goes back to the firmware where there is one, and looks again every hour where not. A device that no lines come from is offline: it tries the network that the firmware stored, then the one of \`main/rp_secrets.h\`. It asks for its address by DHCP, and joins no network with enterprise login: devices that need either are not for this app.`;

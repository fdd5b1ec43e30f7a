import { error, group, information, type KnownLine, type Meaning, warning } from "./meaning";

const PANICS: Readonly<Record<string, string>> = {
  LoadProhibited:
    "The program read from an address where there is nothing, most often through a null pointer.",
  StoreProhibited:
    "The program wrote to an address where there is nothing, most often through a null pointer.",
  InstrFetchProhibited: "The program jumped to where there is no code.",
  IllegalInstruction:
    "The program ran into bytes that are no code: flash is damaged, or read in a mode that the board cannot do.",
  "Cache disabled but cached memory region accessed":
    "Code in flash was called while flash was being written. The app's slot may have been overwritten, too.",
  "Interrupt wdt timeout on CPU0": "Interrupts were off for too long.",
  "Interrupt wdt timeout on CPU1": "Interrupts were off for too long.",
};

const panic = (match: RegExpExecArray): Meaning =>
  error(
    "The program crashed",
    PANICS[group(match, 1)] ?? `The processor gives the reason '${group(match, 1)}'.`,
    "The backtrace below it says where. After a flash, compare the app's MD5 first.",
  );

/** What an app of ESP-IDF or Arduino says when it fails, and MicroPython when it starts. */
export const appLines: readonly KnownLine[] = [
  {
    words: /Guru Meditation Error: Core +\d+ panic'ed \(([^)]+)\)/,
    source: "esp_system/panic.c",
    meaning: panic,
  },
  {
    words: /Brownout detector was triggered/,
    source: "esp_system/port/brownout.c",
    meaning: error(
      "The supply voltage broke down",
      "The board draws more current than its supply gives, most often when Wi-Fi starts.",
      "Use a shorter cable, another USB port or a supply of its own.",
    ),
  },
  {
    words: /Task watchdog got triggered/,
    source: "esp_system/task_wdt.c",
    meaning: warning(
      "A task does not let the others run",
      "The lines below name it.",
      "Let it wait now and then.",
    ),
  },
  {
    words: /abort\(\) was called at PC (0x[0-9a-f]+)/,
    source: "newlib/abort.c",
    meaning: error(
      "The program gave up",
      "It found something that must not be; the lines before may say what.",
    ),
  },
  {
    words: /ESP_ERROR_CHECK failed: esp_err_t (0x[0-9a-f]+|-?\d+)(?: \((\w+)\))?/,
    source: "esp_common/esp_err.c",
    meaning: (match) =>
      error(
        "The program gave up",
        `A call failed with ${match[2] ?? group(match, 1)}, and nobody handles that.`,
      ),
  },
  {
    words: /A stack overflow in task (\S+) has been detected/,
    source: "freertos/port.c",
    meaning: (match) => error("A stack is too small", `The task ${group(match, 1)} used more than it has.`),
  },
  {
    words: /CORRUPT HEAP:/,
    source: "heap/multi_heap_poisoning.c",
    meaning: error("The program damaged its memory", "It wrote beyond what it had asked for."),
  },
  {
    words: /Rollback to previously worked partition/,
    source: "app_update/esp_ota_ops.c",
    meaning: warning(
      "The app went back to the one before it",
      "It called itself invalid, so the bootloader starts the other slot from now on.",
      "See why its own check failed before you update it again.",
    ),
  },
  {
    words: /Rollback is not possible/,
    source: "app_update/esp_ota_ops.c",
    meaning: error(
      "There is no app to go back to",
      "The other slots hold nothing that can be started.",
      "Flash an app into the other slot.",
    ),
  },
  {
    words: /^(?:>>> )?MicroPython (v?\d[\w.+-]*)/,
    source: "MicroPython py/mpconfig.h, shared/runtime/pyexec.c",
    meaning: (match) => information(`MicroPython ${group(match, 1)} runs`, "It waits for what you type."),
  },
  {
    words: /^Performing initial setup/,
    source: "MicroPython ports/esp32/modules/inisetup.py",
    meaning: information("MicroPython makes its filesystem", "vfs was erased. This is done once."),
  },
  {
    words: /The filesystem appears to be corrupted/,
    source: "MicroPython ports/esp32/modules/inisetup.py",
    meaning: error(
      "MicroPython cannot read its filesystem",
      "What stands in vfs is no filesystem that it knows, for example what the app before it has left there.",
      "Erase the first 0x1000 bytes of vfs, then reset: MicroPython makes a new filesystem. What was in it is lost.",
    ),
  },
];

import { asciiBytes, indexOfBytes, isFilledWith } from "./bytes";

const FOREIGN: readonly (readonly [beginning: string, sentence: string])[] = [
  ["\x7fELF", "This is an ELF file, the linker's output. Choose the .bin file that the build makes from it."],
  [
    "UF2\n",
    "This is a UF2 file for copying to a USB drive. Choose the .bin or .app-bin file of the same build.",
  ],
  ["\x1f\x8b", "This is a gzip archive. Unpack it and choose the .bin file inside."],
  ["PK\x03\x04", "This is a ZIP archive. Unpack it and choose the .bin file inside."],
  ["version https://git-lfs", "This is a Git LFS pointer, not the file itself. Run 'git lfs pull' first."],
  [
    "\xaaP",
    "This begins like a partition table, but it is cut off or damaged. Export or read it from the device again.",
  ],
  ["<", "This is a web page or an XML file, probably a failed download. Download the image again."],
];

/** What people choose by mistake, said plainly; undefined for bytes that look like nothing known. */
export const foreignSentence = (bytes: Uint8Array): string | undefined => {
  if (bytes.length === 0) return "The file is empty.";
  if (isFilledWith(bytes, 0xff)) return "The file is blank: every byte is 0xff, as in erased flash.";
  if (isFilledWith(bytes, 0)) return "The file is blank: every byte is 0.";
  return FOREIGN.find(([beginning]) => startsWith(bytes, beginning))?.[1];
};

const startsWith = (bytes: Uint8Array, beginning: string): boolean =>
  indexOfBytes(bytes.subarray(0, beginning.length), asciiBytes(beginning)) === 0;

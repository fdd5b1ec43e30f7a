import { LABEL_LENGTH, labelBytes } from "../../table/encode";
import { APP, BOOTLOADER, DATA, NVS, OTADATA, PARTITION_TABLE, subtypeName } from "../../table/subtypes";

/** How many bytes a name has in the table, before it is cut. */
export const byteLength = (name: string): number => new TextEncoder().encode(name).length;

/** No UTF-16 unit takes more than three bytes, so most names need no counting. */
export const isCut = (name: string): boolean =>
  name.length > LABEL_LENGTH || (name.length * 3 > LABEL_LENGTH && byteLength(name) > LABEL_LENGTH);

/** The whole characters of a name that the table keeps, or that fit the given number of bytes. */
export function keptName(name: string, length = LABEL_LENGTH): string {
  let end = 0;
  let room = length;
  for (const character of name) {
    room -= character < "\x80" ? 1 : byteLength(character);
    if (room < 0) break;
    end += character.length;
  }
  return name.slice(0, end);
}

/** What readers of the table see: equal for names that differ only behind byte 16. */
export const storedLabel = (name: string): string => (isCut(name) ? labelBytes(name).join() : name);

/** The name, or the name with the lowest number behind it that nobody has; it always fits. */
export function freeName(wanted: string, taken: ReadonlySet<string>): string {
  let name = keptName(wanted);
  for (let number = 2; taken.has(name); number++) {
    const tail = `_${number}`;
    name = keptName(wanted, LABEL_LENGTH - tail.length) + tail;
  }
  return name;
}

/** What partitions of this kind are usually called. */
export function usualName(type: number, subtype: number): string {
  if (type === BOOTLOADER) return "bootloader";
  if (type === PARTITION_TABLE) return "partition_table";
  if (type === DATA && subtype === OTADATA) return "otadata";
  if (type === DATA && subtype === NVS) return "nvs";
  const word = subtypeName(type, subtype);
  if (type !== APP && type !== DATA) return "custom";
  return /^\d/.test(word) || word === "undefined" ? "storage" : word;
}

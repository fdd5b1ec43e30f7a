/** The bytes of a row that hold the name. */
export const LABEL_LENGTH = 16;

/** The bytes of a name that the table keeps: 16 of its UTF-8 form, with or without a terminator. */
export const labelBytes = (name: string): Uint8Array =>
  new TextEncoder().encode(name).subarray(0, LABEL_LENGTH);

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

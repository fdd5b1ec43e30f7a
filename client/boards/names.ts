/** The names that the user gave to boards, by MAC. */
export type BoardNames = Readonly<Record<string, string>>;

const LONGEST = 40;

/** Why a board cannot have this name, as a sentence; an empty one takes its name away. */
export function nameFault(names: BoardNames, mac: string, text: string): string | undefined {
  const name = text.trim();
  if (name.length > LONGEST) return `The name has ${name.length} characters; at most ${LONGEST} are shown.`;
  if (/\p{C}/u.test(name)) return "The name has characters that cannot be seen. Leave them out.";
  const owner = Object.entries(names).find(([other, taken]) => other !== mac && isSame(taken, name));
  return (
    owner && `The board ${owner[0]} is called '${owner[1]}' already. Two boards with one name get mixed up.`
  );
}

/** The names after one board has been renamed. */
export function withName(names: BoardNames, mac: string, text: string): BoardNames {
  const name = text.trim();
  const others = Object.entries(names).filter(([other]) => other !== mac);
  return Object.fromEntries(name === "" ? others : [...others, [mac, name]]);
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

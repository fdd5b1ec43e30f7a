/** The browser the editor tests drive, if this machine has one: an absolute path. */
export function findChromium(): string | undefined;

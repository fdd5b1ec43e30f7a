/** The root of this repository, absolute. */
export const repository: string;
/** Where everything of VS Code lies; ignored by Git. */
export const vscodeFolder: string;
/** Installs VS Code on first use; its folder. */
export function installVscode(): Promise<string>;

/** One way to build the repartitioner. */
export interface FirmwareVariant {
  readonly name: string;
  /** The versions that it is tried with. */
  readonly versions: readonly string[];
  /** Arguments of the compiler. */
  readonly args: readonly string[];
  /** Names of the files of the port that it changes; all where it says none. */
  readonly files?: readonly string[];
  /** What a refusal says, of each version that refuses it. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** The versions of ESP-IDF of which there are stubs. */
export const versions: readonly string[];
export const variants: readonly FirmwareVariant[];
/** The compiler, if this machine has one. */
export function findCompiler(): string | undefined;
/** The C files that a device gets, as paths. */
export function sources(): string[];
/** What the compiler says of the core, nothing where it accepts all of it. */
export function compileCore(): Promise<string>;
/** The same of the port, with the interfaces of a version. */
export function compile(version: string, variant: FirmwareVariant): Promise<string>;
/** What the linker says of all files as one, nothing where no name is taken twice. */
export function link(version: string, out: string): Promise<string>;
/** What the compiler says of a text that uses the stubs of a version, nothing where all of it is there. */
export function compileText(version: string, text: string): string;
/** Builds a program for this machine from files of `firmware/`, with sanitizers; gives its path. */
export function buildHostProgram(out: string, files: readonly string[]): Promise<string>;

/** One way to build the repartitioner. */
export interface FirmwareVariant {
  readonly name: string;
  /** The versions that it is tried with. */
  readonly versions: readonly string[];
  /** Arguments of the compiler. */
  readonly args: readonly string[];
  /** What a refusal says, of each version that refuses it. */
  readonly refused?: Readonly<Record<string, string>>;
}

/** The versions of ESP-IDF of which there are stubs. */
export const versions: readonly string[];
export const variants: readonly FirmwareVariant[];
/** The compiler, if this machine has one. */
export function findCompiler(): string | undefined;
/** The C files that are compiled. */
export function sources(): string[];
/** What the compiler says, nothing where it accepts all files. */
export function compile(version: string, variant: FirmwareVariant): Promise<string>;

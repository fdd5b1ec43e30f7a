/**
 * The only globals that `core` uses beyond ECMAScript. Node, browsers and workers all have them,
 * but they live in no library that knows no host.
 */
declare class TextEncoder {
  encode(text: string): Uint8Array;
}
declare class TextDecoder {
  constructor(encoding?: string, options?: { fatal?: boolean; ignoreBOM?: boolean });
  decode(bytes: Uint8Array): string;
}

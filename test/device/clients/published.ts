import { build } from "esbuild";

/**
 * A package as it was published. Both clients are made for bundlers: their modules leave out the endings of file names,
 * which Node wants.
 */
export const published = async <T>(name: string): Promise<T> => {
  const { outputFiles } = await build({
    stdin: { contents: `export * from "${name}";`, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: "esm",
    platform: "neutral",
    mainFields: ["module", "main"],
    logLevel: "error",
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString("base64");
  return import(/* @vite-ignore */ `data:text/javascript;base64,${code}`);
};

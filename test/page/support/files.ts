import { build } from "esbuild";
import { pageHtml } from "../../../client/editor/page";
import { bundles } from "../../../scripts/bundles.mjs";
import { repository } from "../../../scripts/vscode/install.mjs";

export const origin = "https://layout.test";

const nonce = "only-for-tests";
const types: Readonly<Record<string, string>> = { js: "text/javascript", css: "text/css", html: "text/html" };

/** What the browser is given for an address. */
export interface ServedFile {
  readonly contentType: string;
  readonly body: string;
}

/** The pages as VS Code loads them, with their security policy; the bundles are built now, and not written anywhere. */
export async function pageFiles(): Promise<ReadonlyMap<string, ServedFile>> {
  const built = await Promise.all(bundles.filter(({ out }) => out.startsWith("dist/webview/")).map(bundle));
  const pages = [["index.html", htmlOf("main")] as const, ["simulation.html", htmlOf("simulation")] as const];
  const files = [...built.flat(), ...pages];
  return new Map(files.map(([name, body]) => [`${origin}/${name}`, { body, contentType: typeOf(name) }]));
}

const htmlOf = (name: string): string =>
  pageHtml({
    title: "partitions.csv",
    nonce,
    cspSource: origin,
    scripts: [`${name}.js`, "toolkit.js"],
    style: `${name}.css`,
  });

async function bundle({ out, entry, ...options }: (typeof bundles)[number]) {
  const { outputFiles } = await build({
    ...options,
    absWorkingDir: repository,
    entryPoints: [entry],
    outfile: out,
    bundle: true,
    write: false,
    mainFields: ["module", "main"],
  });
  return outputFiles.map(({ path, text }) => [path.slice(path.lastIndexOf("/") + 1), text] as const);
}

const typeOf = (name: string): string => types[name.slice(name.lastIndexOf(".") + 1)] ?? "";

const PREFIX = "crossflash.rules.";

/** package.json: one setting for each rule, behind the settings that are written by hand. */
export default async function settings({ load, read }) {
  const { rules } = await load("core/rules/index.ts");
  const manifest = JSON.parse(await read("package.json"));
  const { configuration } = manifest.contributes;
  const byHand = Object.entries(configuration.properties).filter(([name]) => !name.startsWith(PREFIX));
  const generated = rules.map((rule) => [PREFIX + rule.id, settingOf(rule)]);
  configuration.properties = Object.fromEntries([...byHand, ...generated]);
  return { path: "package.json", text: `${JSON.stringify(manifest, null, 2)}\n` };
}

const settingOf = ({ severity, summary }) => ({
  type: "string",
  enum: ["error", "warning", "information", "off"],
  default: severity,
  scope: "resource",
  markdownDescription: summary,
});

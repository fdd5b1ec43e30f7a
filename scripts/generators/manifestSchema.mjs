/** The JSON schema of `crossflash.json`, from the one description of its fields. */
export default async function manifestSchemaFile({ load }) {
  const { manifestSchema } = await load("core/project/manifestSchema.ts");
  return { path: "schemas/crossflash.schema.json", text: `${printed(manifestSchema())}\n` };
}

const LINE_WIDTH = 110;

/** As the formatter prints JSON: a list stands on one line where it fits. */
const printed = (schema) =>
  JSON.stringify(schema, null, 2).replace(/^( *"\w+": )\[([^\]{}]*)\](,?)$/gm, (whole, key, list, comma) => {
    const line = `${key}[${list.trim().split(/\n\s*/).join(" ")}]${comma}`;
    return line.length <= LINE_WIDTH ? line : whole;
  });

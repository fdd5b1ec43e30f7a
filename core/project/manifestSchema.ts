import { type ManifestField, type ManifestGroup, manifestFields } from "./manifestFields";

/** The JSON schema of `crossflash.json`, for completion and hover in editors. Everything in it comes from `manifestFields`. */
export const manifestSchema = (): object => ({
  $schema: "http://json-schema.org/draft-07/schema#",
  title: "Crossflash migration manifest",
  description: "The facts of a migration to MicroPython: the device, its tables and its binaries.",
  type: "object",
  allowComments: true,
  allowTrailingCommas: true,
  additionalProperties: false,
  properties: { $schema: { type: "string" }, ...propertiesOf(manifestFields) },
});

const propertiesOf = (fields: object): Record<string, object> =>
  Object.fromEntries(Object.entries(fields).map(([name, field]) => [name, schemaOf(field)]));

const schemaOf = (field: ManifestField | ManifestGroup<object>): object =>
  "fields" in field
    ? {
        type: "object",
        description: field.description,
        markdownDescription: field.description,
        additionalProperties: false,
        properties: propertiesOf(field.fields),
      }
    : {
        type: "string",
        description: field.description,
        markdownDescription: field.description,
        ...field.kind.schema,
        examples: field.examples,
      };

// The JSON Schemas that what we send must keep; loaded from ../schemas, never from the network.
import { readFileSync } from "node:fs";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";

const schema = (name) => JSON.parse(readFileSync(new URL(`../schemas/${name}`, import.meta.url), "utf8"));

/** A function that answers with the sentences a ninjs 3.1 document breaks the schema in; none when it is valid. */
export function ninjsChecker() {
  // The IPTC schema says `type` beside `$ref` and leaves out types that strict mode asks for.
  const ajv = new Ajv2020({ strict: false, allErrors: true });
  addFormats(ajv);
  ajv.addSchema(schema("GeoJSON-schema.json"), "https://geojson.org/schema/GeoJSON.json");
  const validate = ajv.compile(schema("ninjs-schema_3.1.json"));
  return (document) => {
    if (validate(document)) return [];
    return validate.errors.map(({ instancePath, message, params }) => `${instancePath || "/"} ${message} ${JSON.stringify(params)}`);
  };
}

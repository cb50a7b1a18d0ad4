// Generates what codegen.mjs says.
//
// @graphql-codegen/cli writes the same files, with hundreds of packages more.
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { preset } from "@graphql-codegen/client-preset";
import { codegen } from "@graphql-codegen/core";
import { buildASTSchema, parse, print } from "graphql";
import configuration from "./codegen.mjs";

process.chdir(import.meta.dirname);
const schema = parse(await readFile(configuration.schema, "utf8"));
const schemaAst = buildASTSchema(schema);

for (const [folder, output] of Object.entries(configuration.generates)) {
  await mkdir(folder, { recursive: true });
  const files = await preset.buildGeneratesSection({
    ...output,
    baseOutputDir: folder,
    schema,
    schemaAst,
    documents: (await Promise.all(configuration.documents.map(read))).flat(),
    plugins: [],
    pluginMap: {},
    documentTransforms: [],
  });
  // At once, since the manifest of the documents waits for the file that names them.
  await Promise.all(files.map(async (file) => writeFile(file.filename, await codegen(file))));
}

/** Read the documents that a pattern such as `folder/*.graphql` names, in the order of names. */
async function read(pattern) {
  const folder = dirname(pattern);
  const names = (await readdir(folder)).filter((name) => extname(name) === extname(pattern));
  return Promise.all(
    names.sort().map(async (name) => {
      const location = join(folder, name);
      const document = parse(await readFile(location, "utf8"));
      return { location, document, rawSDL: print(document) };
    }),
  );
}

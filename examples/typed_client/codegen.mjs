// What is generated from which documents, in the form that @graphql-codegen/cli reads, too.

export default {
  schema: "../../schema/schema.graphql",
  documents: ["../queries/*.graphql"],
  generates: {
    "./generated/": {
      preset: "client",
      config: {
        useTypeImports: true,
        // A type for every scalar of the schema: a new one ends the generation, and is not `any`.
        strictScalars: true,
        scalars: {
          // Days and moments stay the texts that they are: a Date of JavaScript has a time zone.
          Date: "string",
          DateTime: "string",
          // Decimals stay texts, since a number of JavaScript would round amounts of money.
          Decimal: "string",
          JSON: "unknown",
        },
        // Enums as types: nothing of them is left at run time.
        enumType: "string-literal",
        // Node finds a module by its whole name.
        importExtension: ".js",
      },
      presetConfig: {
        // A website reads what its document asks for, without asking its fragments one by one.
        fragmentMasking: false,
        // Writes persisted-documents.json, for the product's setting SOFTLANDING_DOCUMENTS.
        persistedDocuments: true,
      },
    },
  },
};

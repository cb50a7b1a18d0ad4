// Finds what tells TypeScript that a value is there although it may not be: `value!`, `let name!:`.
//
// Arguments: TypeScript files. Writes a JSON object of the lines found by the names of the files.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import typescript from "typescript";

const found = {};
for (const file of process.argv.slice(2)) {
  const text = readFileSync(file, "utf8");
  const source = typescript.createSourceFile(file, text, typescript.ScriptTarget.Latest);
  const lines = [];
  const visit = (node) => {
    if (typescript.isNonNullExpression(node) || node.exclamationToken !== undefined) {
      lines.push(source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1);
    }
    typescript.forEachChild(node, visit);
  };
  visit(source);
  found[basename(file)] = lines;
}
process.stdout.write(JSON.stringify(found));

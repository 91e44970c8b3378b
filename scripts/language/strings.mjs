// Every piece of text in our sources that a person may read: string literals, templates and JSX text.
import { parseSync } from "vite";

const importing = new Set([
  "ImportDeclaration",
  "ExportNamedDeclaration",
  "ExportAllDeclaration",
  "ImportExpression",
]);

/** Yields every string literal, template part and JSX text below a node of the syntax tree, with its offset. */
function* textsBelow(node) {
  if (Array.isArray(node)) {
    for (const one of node) yield* textsBelow(one);
    return;
  }
  if (node === null || typeof node !== "object" || typeof node.type !== "string") return;
  if (node.type === "Literal" && typeof node.value === "string") yield { text: node.value, at: node.start };
  else if (node.type === "JSXText") yield { text: node.value, at: node.start };
  else if (node.type === "TemplateElement") yield { text: node.value.cooked ?? "", at: node.start };
  for (const [key, value] of Object.entries(node)) {
    if (key === "source" && importing.has(node.type)) continue;
    yield* textsBelow(value);
  }
}

/** Lines that a file's offsets fall on. */
function lineCounter(source) {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1)) starts.push(at + 1);
  return (offset) => starts.findLastIndex((start) => start <= offset) + 1;
}

/**
 * The texts of a TypeScript or JavaScript file with their lines.
 * @returns {{text: string, line: number}[]}
 */
export function scriptTexts(file, source) {
  const { program, errors } = parseSync(file, source);
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0].message}`);
  const lineOf = lineCounter(source);
  return [...textsBelow(program.body)].map(({ text, at }) => ({
    text: text.replace(/\s+/g, " "),
    line: lineOf(at),
  }));
}

/** A Python string literal with its prefix; docstrings stand alone on their line and are comments, not messages. */
const pythonString =
  /(?<![\w"'])[rbfu]{0,2}("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')/gi;

/**
 * The texts of a Python file with their lines, docstrings and comments left out.
 * @returns {{text: string, line: number}[]}
 */
export function pythonTexts(source) {
  const lineOf = lineCounter(source);
  const code = source.replace(/^(\s*)#.*$/gm, (comment) => " ".repeat(comment.length));
  return [...code.matchAll(pythonString)]
    .filter(({ 0: literal }) => !/^[rbfu]{0,2}("""|''')/i.test(literal))
    .map(({ 1: literal, index }) => ({ text: literal.slice(1, -1), line: lineOf(index) }));
}

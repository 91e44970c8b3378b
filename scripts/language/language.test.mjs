import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { pythonTexts, scriptTexts } from "./strings.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const { phrases, allowed } = JSON.parse(readFileSync(new URL("banned.json", import.meta.url), "utf8"));
const banned = phrases.map(({ pattern, use }) => ({ pattern: new RegExp(pattern, "i"), use }));

/** Lexicons hold the text of dataset rows; fixtures and tests quote others. */
const notOurText = /\.test\.|\/(testing|fixtures|lexicon|tests)\/|^scripts\/language\//;

const folders = ["renderer", "shared", "electron", "bin", "scripts", "resources/trainer"];

const sources = folders
  .flatMap((folder) =>
    readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" }).map((file) =>
      path.posix.join(folder, file.split(path.sep).join("/")),
    ),
  )
  .filter((file) => /\.(ts|tsx|mjs|py)$/.test(file) && !notOurText.test(file));

/** Findings of one file: where, what and what to write instead. */
function findings(file, texts) {
  return texts.flatMap(({ text, line }) =>
    banned.flatMap(({ pattern, use }) => {
      const found = pattern.exec(text);
      const excepted = allowed.some((one) => one.file === file && text.includes(one.text));
      return found === null || excepted
        ? []
        : [`${file}:${line} "${found[0]}" (use: ${use}) in: ${text.trim().slice(0, 140)}`];
    }),
  );
}

function textsOf(file) {
  const source = readFileSync(path.join(root, file), "utf8");
  return file.endsWith(".py") ? pythonTexts(source) : scriptTexts(file, source);
}

it("reads literals, templates and JSX text, but neither imports nor comments", () => {
  const source = `import a from "./anew.ts"; // anew
    const b = "one"; const c = <p title="two">three {\`four \${b} five\`}</p>;`;
  expect(scriptTexts("x.tsx", source).map(({ text }) => text.trim())).toEqual([
    "one",
    "two",
    "three",
    "four",
    "five",
  ]);
  expect(pythonTexts('"""Doc."""\n# "no"\nraise E("one", f"two")\n').map(({ text }) => text)).toEqual([
    "one",
    "two",
  ]);
});

it("finds a banned phrase and says what to write instead", () => {
  expect(findings("x.ts", [{ text: "Start it anew.", line: 3 }])).toEqual([
    'x.ts:3 "anew" (use: again, new) in: Start it anew.',
  ]);
});

it("uses no banned phrase in a text that people read", () => {
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.flatMap((file) => findings(file, textsOf(file)))).toEqual([]);
});

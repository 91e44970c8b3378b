import { readFileSync } from "node:fs";
import { glob } from "node:fs/promises";
import path from "node:path";
import { expect, test } from "vitest";

const root = path.resolve(import.meta.dirname, "../..");

/** What only shared/domain/format may write, with the files that may write it all the same. */
/** @type {readonly { what: string, pattern: RegExp, except: readonly string[] }[]} */
const reserved = [
  { what: "a share in percent", pattern: /\} %|\d %(?! (?:interval|power))/, except: [] },
  // The speed book's key for a machine: never shown, and another spelling would lose what was measured.
  { what: "a binary unit", pattern: /[^\w][KMG]iB\b/, except: ["electron/services/training/speedProbe.ts"] },
  { what: "thousands by locale", pattern: /toLocaleString\("en/, except: [] },
];

async function sources() {
  /** @type {string[]} */
  const files = [];
  for await (const file of glob("{shared,renderer,electron}/**/*.{ts,tsx,mjs}", { cwd: root })) {
    const name = file.replaceAll(path.sep, "/");
    if (!/\.test\.|^shared\/domain\/format\//.test(name)) files.push(name);
  }
  return files;
}

/** Code without comments, which may speak of a unit or a percentage. @param {string} file */
function codeOf(file) {
  return readFileSync(path.join(root, file), "utf8").replace(/\/\*[\s\S]*?\*\/|(?<=^|\s)\/\/.*$/gm, "");
}

test.each(reserved)("only shared/domain/format writes $what", async ({ pattern, except }) => {
  const files = await sources();
  expect(files.length).toBeGreaterThan(500);
  expect(files.filter((file) => !except.includes(file) && pattern.test(codeOf(file)))).toEqual([]);
});

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const features = fileURLToPath(new URL("../renderer/features", import.meta.url));

/** Relative imports of a source file, as absolute paths. */
function imports(file: string): string[] {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, to]) =>
    path.resolve(path.dirname(file), to ?? ""),
  );
}

it("no screen reaches into another screen's insides", () => {
  const files = readdirSync(features, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(features, name));
  expect(files.length).toBeGreaterThan(8);
  const domain = (file: string) => path.relative(features, file).split(path.sep)[0];
  const crossing = files.flatMap((file) =>
    imports(file)
      .filter((to) => to.startsWith(features + path.sep) && domain(to) !== domain(file))
      .map((to) => `${path.relative(features, file)} → ${path.relative(features, to)}`),
  );
  expect(crossing).toEqual([]);
});

it("no source shows zod's own words to a person", () => {
  const sources = ["electron", "shared", "renderer"].flatMap((folder) => {
    const at = fileURLToPath(new URL(`../${folder}`, import.meta.url));
    return readdirSync(at, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.join(at, name));
  });
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter((file) => readFileSync(file, "utf8").includes("prettifyError"))).toEqual([]);
});

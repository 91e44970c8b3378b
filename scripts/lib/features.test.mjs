import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

const features = path.resolve(import.meta.dirname, "../../renderer/features");

/** Relative imports of a source file, as absolute paths. */
function imports(file) {
  const text = readFileSync(file, "utf8");
  return [...text.matchAll(/(?:from|import)\s*\(?\s*"(\.[^"]+)"/g)].map(([, to]) =>
    path.resolve(path.dirname(file), to ?? ""),
  );
}

it("no screen imports from another screen's folder", () => {
  const files = readdirSync(features, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.tsx?$/.test(name))
    .map((name) => path.join(features, name));
  expect(files.length).toBeGreaterThan(8);
  const featureOf = (file) => path.relative(features, file).split(path.sep)[0];
  const crossing = files.flatMap((file) =>
    imports(file)
      .filter((to) => to.startsWith(features + path.sep) && featureOf(to) !== featureOf(file))
      .map((to) => `${path.relative(features, file)} → ${path.relative(features, to)}`),
  );
  expect(crossing).toEqual([]);
});

it("no source shows zod's messages to the user", () => {
  const sources = ["electron", "shared", "renderer"].flatMap((folder) => {
    const at = path.resolve(import.meta.dirname, "../..", folder);
    return readdirSync(at, { recursive: true, encoding: "utf8" })
      .filter((name) => /\.tsx?$/.test(name))
      .map((name) => path.join(at, name));
  });
  expect(sources.length).toBeGreaterThan(500);
  expect(sources.filter((file) => readFileSync(file, "utf8").includes("prettifyError"))).toEqual([]);
});

// Selects the content of a desktop package: our bundles, and the packages that can't be bundled.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Packages that can't be bundled: native ones, and node-llama-cpp, which is hooked before it loads. */
export const unbundled = ["node-llama-cpp", "@resvg/resvg-js"];

/** The processes that main launches by file name. */
export const workers = ["inference.js", "compute.js", "figures.js"];

/** Packages with only one platform's binaries. They are selected by platform, not by dependency. */
const binaries = /^(?:@node-llama-cpp\/|@resvg\/resvg-js-|@reflink\/)/;

/**
 * Returns the given packages and their dependencies, each by its folder below node_modules.
 * @param {Record<string, {dependencies?: Record<string, string>}>} locked  `packages` of the lockfile
 * @param {readonly string[]} names
 * @returns {string[]} sorted
 */
export function packagesNeeded(locked, names) {
  const found = new Set();
  const need = (name, from) => {
    const place = placeOf(locked, name, from);
    if (place === null || found.has(place)) return;
    found.add(place);
    for (const other of Object.keys(locked[place]?.dependencies ?? {})) need(other, place);
  };
  for (const name of names) need(name, "");
  return [...found].map((place) => place.slice("node_modules/".length)).sort();
}

/** Returns the place of a package as Node resolves it, nearest node_modules first, or null. */
function placeOf(locked, name, from) {
  if (binaries.test(name)) return null;
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("/node_modules/")))) {
    const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (place in locked) return place;
    if (folder === "") return null;
    if (!folder.includes("/node_modules/")) {
      const top = `node_modules/${name}`;
      return top in locked ? top : null;
    }
  }
}

/**
 * Returns the given bundles and the files that they import.
 * @param {string} folder
 * @param {readonly string[]} entries
 * @returns {string[]} sorted file names
 */
export function chunksNeeded(folder, entries) {
  const there = new Set(readdirSync(folder));
  const found = new Set();
  const need = (name) => {
    if (found.has(name)) return;
    if (!there.has(name)) throw new Error(`${path.join(folder, name)} is missing. Run npm run build.`);
    found.add(name);
    const code = readFileSync(path.join(folder, name), "utf8");
    for (const [, other] of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
      need(other);
  };
  for (const entry of entries) need(entry);
  return [...found].sort();
}

// What goes into a desktop package: our bundles, and of node_modules only what cannot be bundled.
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Native, or (node-llama-cpp) to be hooked before it is loaded. They and what they need go in as packages. */
export const unbundled = ["node-llama-cpp", "@resvg/resvg-js"];

/** The processes that main launches by file name. */
export const workers = ["inference.js", "compute.js", "figures.js"];

/** Packages that hold nothing but one platform's binaries: chosen by the platform, not by who needs them. */
const binaries = /^(?:@node-llama-cpp\/|@resvg\/resvg-js-|@reflink\/)/;

/**
 * The packages that the given ones need, themselves included, each by its folder below node_modules.
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

/** Where a package is found from a folder: as Node looks, the nearest node_modules first. */
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
 * The files of a folder of bundles that the given ones import, themselves included.
 * @param {string} folder
 * @param {readonly string[]} entries
 * @returns {string[]} sorted file names
 */
export function chunksNeeded(folder, entries) {
  const there = new Set(readdirSync(folder));
  const found = new Set();
  const need = (name) => {
    if (found.has(name)) return;
    if (!there.has(name)) throw new Error(`${path.join(folder, name)} is missing: npm run build makes it`);
    found.add(name);
    const code = readFileSync(path.join(folder, name), "utf8");
    for (const [, other] of code.matchAll(/(?:\bfrom|\bimport)\s*\(?\s*["'`]\.\/([^"'`]+\.js)["'`]/g))
      need(other);
  };
  for (const entry of entries) need(entry);
  return [...found].sort();
}

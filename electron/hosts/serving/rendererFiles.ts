import { realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isWithin } from "../../services/files/guardedPrimitives.ts";

const types: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".ico": "image/x-icon",
  ".woff2": "font/woff2",
  ".map": "application/json",
};

export interface RendererFile {
  readonly file: string;
  readonly type: string;
  readonly bytes: number;
  /** Whether the name contains a hash of the content. */
  readonly immutable: boolean;
}

/** Paths that the renderer routes. All of them are served with index.html. */
const routed = /^\/(?:w(?:\/|$)|$)/;

/**
 * Returns the file of the built renderer for a URL path. Returns null for encoded separators, `..`, NUL, links out of
 * the folder and anything that isn't a file.
 */
export async function rendererFile(folder: string, urlPath: string): Promise<RendererFile | null> {
  // Checked before and after decoding, because encoding can hide a separator or a dot.
  if (/%(?:2f|5c|00)/i.test(urlPath)) return null;
  let decoded: string;
  try {
    decoded = decodeURIComponent(urlPath);
  } catch {
    return null;
  }
  if (decoded.includes("\0") || decoded.includes("\\") || decoded.includes("%")) return null;
  if (decoded.split("/").some((part) => part === ".." || part === ".")) return null;
  const relative = routed.test(decoded) ? "index.html" : decoded.slice(1);
  const wanted = path.join(folder, relative);
  try {
    const [root, file] = await Promise.all([realpath(folder), realpath(wanted)]);
    if (!isWithin(root, file)) return null;
    const found = await stat(file);
    const type = types[path.extname(file).toLowerCase()];
    if (!found.isFile() || type === undefined) return null;
    return { file, type, bytes: found.size, immutable: decoded.startsWith("/assets/") };
  } catch {
    return null;
  }
}

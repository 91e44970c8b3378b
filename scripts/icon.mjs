// Renders the icon of packages, windows and the tray from the renderer's SVG.
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Pixels per side. dmg and nsis convert the icon to their formats. */
const size = 1024;

const drawing = readFileSync(path.join(root, "renderer", "public", "icon.svg"), "utf8");
const file = path.join(root, "resources", "icon", "icon.png");
writeFileSync(file, new Resvg(drawing, { fitTo: { mode: "width", value: size } }).render().asPng());
console.log(`${path.relative(root, file)}: ${size} × ${size}`);

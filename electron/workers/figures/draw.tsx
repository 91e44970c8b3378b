import { Resvg } from "@resvg/resvg-js";
import { flushSync } from "react-dom";
import { createRoot } from "react-dom/client";
import { FigureOf, figureHeight, figureTitle } from "../../../shared/figures/FigureOf.tsx";
import { font } from "../../../shared/figures/tokens.ts";
import { plain } from "../../../shared/figures/words.ts";
import type { FigureRequest } from "../../../shared/schema/figure.ts";

export interface Drawn {
  readonly svg: string;
  readonly png: Uint8Array;
}

/** Draws one figure. Needs an open page. Throws if the figure can't be drawn or the font can't be read. */
export function draw(request: FigureRequest): Drawn {
  const { drawing, width, scale, fontFile } = request;
  const height = request.height ?? Math.ceil(figureHeight(drawing));
  const svg = drawSvg(request, width, height);
  const image = new Resvg(svg, {
    fitTo: { mode: "zoom", value: scale },
    font: { fontFiles: [fontFile], loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
    logLevel: "off",
  }).render();
  return { svg, png: new Uint8Array(image.asPng()) };
}

function drawSvg({ drawing, id }: FigureRequest, width: number, height: number): string {
  const container = document.createElement("div");
  document.body.append(container);
  let failure: unknown = null;
  const root = createRoot(container, {
    // One HTML file can contain several figures, so their ids must be unique.
    identifierPrefix: `figure${id}`,
    onUncaughtError: (error) => {
      failure = error;
    },
  });
  try {
    flushSync(() => root.render(<FigureOf drawing={drawing} width={width} height={height} />));
    if (failure !== null) throw failure;
    const surface = container.querySelector("svg");
    if (surface === null) throw new Error("Recharts drew nothing");
    return standalone(surface, plain(figureTitle(drawing)), width, height);
  } finally {
    flushSync(() => root.unmount());
    container.remove();
  }
}

/** Returns the surface as a standalone file: fixed size, a name for screen readers, without the page's classes and styles. */
function standalone(surface: SVGElement, title: string, width: number, height: number): string {
  for (const name of ["style", "tabindex", "class"]) surface.removeAttribute(name);
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width: String(width),
    height: String(height),
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": title,
    "font-family": font.family,
  };
  for (const [name, value] of Object.entries(attributes)) surface.setAttribute(name, value);
  return new XMLSerializer().serializeToString(surface);
}

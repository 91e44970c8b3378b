import { hitAttribute } from "../../../shared/figures/interaction.tsx";
import { messages } from "../messages.ts";

/**
 * Returns a figure as the text of a standalone SVG file: fixed size, a label, and nothing that only the page needs.
 */
export function standaloneSvg(svg: SVGSVGElement, title: string, family: string): string {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  for (const mark of copy.querySelectorAll(`[${hitAttribute}]`)) mark.remove();
  for (const name of ["style", "class", "tabindex"]) copy.removeAttribute(name);
  const width = svg.getAttribute("width") ?? "0";
  const height = svg.getAttribute("height") ?? "0";
  const attributes = {
    xmlns: "http://www.w3.org/2000/svg",
    width,
    height,
    viewBox: `0 0 ${width} ${height}`,
    role: "img",
    "aria-label": title,
    "font-family": family,
  };
  for (const [name, value] of Object.entries(attributes)) copy.setAttribute(name, value);
  return new XMLSerializer().serializeToString(copy);
}

/** PNG pixels per screen pixel. */
const scale = 2;

/** Renders an SVG as PNG in the browser. Throws an error if the image can't be drawn. */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * scale, height * scale];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error(messages.chart.noCanvas);
    context.scale(scale, scale);
    context.drawImage(image, 0, 0, width, height);
    return await new Promise((resolve, reject) => {
      const done = (blob: Blob | null): void =>
        blob === null ? reject(new Error(messages.chart.tooLarge)) : resolve(blob);
      canvas.toBlob(done, "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

import { hitAttribute } from "../../../shared/figures/interaction.tsx";

/** A figure as a file of its own: fixed size, a name, and nothing of the page. @returns SVG text */
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

/** Pixels of a PNG for one pixel of the screen. */
const scale = 2;

/** Draws an SVG into a PNG, by the browser itself. @throws where the picture cannot be drawn */
export async function pngOf(svg: string, width: number, height: number): Promise<Blob> {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width * scale, height * scale];
    const context = canvas.getContext("2d");
    if (context === null) throw new Error("this browser draws no pictures");
    context.scale(scale, scale);
    context.drawImage(image, 0, 0, width, height);
    return await new Promise((resolve, reject) => {
      const done = (blob: Blob | null): void =>
        blob === null ? reject(new Error("the picture is too large")) : resolve(blob);
      canvas.toBlob(done, "image/png");
    });
  } finally {
    URL.revokeObjectURL(url);
  }
}

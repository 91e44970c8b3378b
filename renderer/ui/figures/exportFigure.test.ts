// @vitest-environment happy-dom
import { afterEach, describe, expect, it, vi } from "vitest";
import { pngOf, standaloneSvg } from "./exportFigure.ts";

afterEach(() => vi.unstubAllGlobals());

function figure(): SVGSVGElement {
  const holder = document.createElement("div");
  holder.innerHTML = `<svg width="640" height="320" class="chart" style="width:100%" tabindex="0">
    <rect data-hit="bar-1" width="9" height="9"></rect><rect class="bar" width="5" height="7"></rect>
  </svg>`;
  return holder.querySelector("svg") as SVGSVGElement;
}
const parsed = (text: string) => {
  const holder = document.createElement("div");
  holder.innerHTML = text;
  return holder.querySelector("svg") as SVGSVGElement;
};

describe("standaloneSvg", () => {
  it("has a size, a name and a font of its own", () => {
    const svg = parsed(standaloneSvg(figure(), 'Change of "accuracy" & more', "DejaVu Sans"));
    expect(svg.getAttribute("viewBox")).toBe("0 0 640 320");
    expect(svg.getAttribute("aria-label")).toBe('Change of "accuracy" & more');
    expect(svg.getAttribute("font-family")).toBe("DejaVu Sans");
  });

  it("leaves out what only the page needs, and keeps every mark", () => {
    const svg = parsed(standaloneSvg(figure(), "t", "f"));
    expect(svg.querySelectorAll("[data-hit]")).toHaveLength(0);
    expect(svg.querySelectorAll("rect.bar")).toHaveLength(1);
    for (const name of ["class", "style", "tabindex"]) expect(svg.hasAttribute(name)).toBe(false);
  });

  it("leaves the figure on the page as it is", () => {
    const svg = figure();
    standaloneSvg(svg, "t", "f");
    expect(svg.querySelectorAll("[data-hit]")).toHaveLength(1);
    expect(svg.getAttribute("class")).toBe("chart");
  });
});

describe("pngOf", () => {
  /** Fakes a browser whose canvas returns this blob; null: the image is too large. */
  function browser(blob: Blob | null, decode: () => Promise<void> = async () => {}) {
    const revoked: string[] = [];
    const canvas = {
      width: 0,
      height: 0,
      getContext: () => ({ scale() {}, drawImage() {} }),
      toBlob: (done: (blob: Blob | null) => void) => done(blob),
    };
    vi.spyOn(URL, "createObjectURL").mockReturnValue("blob:figure");
    vi.spyOn(URL, "revokeObjectURL").mockImplementation((url) => void revoked.push(url));
    vi.stubGlobal(
      "Image",
      class {
        src = "";
        decode = decode;
      },
    );
    vi.spyOn(document, "createElement").mockReturnValue(canvas as never);
    return { canvas, revoked };
  }
  afterEach(() => vi.restoreAllMocks());

  it("draws two pixels for one", async () => {
    const blob = new Blob(["png"]);
    const { canvas, revoked } = browser(blob);
    expect(await pngOf("<svg/>", 640, 320)).toBe(blob);
    expect([canvas.width, canvas.height]).toEqual([1280, 640]);
    expect(revoked).toEqual(["blob:figure"]);
  });

  it("fails where the browser cannot draw it, and lets the picture go all the same", async () => {
    const tooLarge = browser(null);
    await expect(pngOf("<svg/>", 640, 320)).rejects.toThrow("too large");
    expect(tooLarge.revoked).toHaveLength(1);
    vi.restoreAllMocks();
    const broken = browser(new Blob([]), () => Promise.reject(new Error("no picture")));
    await expect(pngOf("<svg/>", 640, 320)).rejects.toThrow("no picture");
    expect(broken.revoked).toHaveLength(1);
  });
});

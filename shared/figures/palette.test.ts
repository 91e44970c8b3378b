import { describe, expect, test } from "vitest";
import { darkPalette, lightPalette, type Palette, versionColor } from "./palette.ts";
import { color } from "./tokens.ts";

/** Returns the relative luminance of an sRGB color (WCAG 2.2, "relative luminance"). */
function luminance(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5]
    .map((place) => Number.parseInt(hex.slice(place, place + 2), 16) / 255)
    .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [low = 0, high = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (high + 0.05) / (low + 0.05);
}

/** Returns a translucent color on the paper. */
function over(hex: string, paper: string, opacity: number): string {
  const part = (color: string, place: number) => Number.parseInt(color.slice(place, place + 2), 16);
  return `#${[1, 3, 5]
    .map((place) => Math.round(part(hex, place) * opacity + part(paper, place) * (1 - opacity)))
    .map((value) => value.toString(16).padStart(2, "0"))
    .join("")}`;
}

describe.each<[string, Palette]>([
  ["light", lightPalette],
  ["dark", darkPalette],
])("the %s palette", (_, palette) => {
  const versions = [0, 1, 2, 3, 4, 5].map((index) => versionColor(palette, index));

  test("text has a contrast of at least 4.5:1 on the paper", () => {
    const { ink, muted, betterInk, worseInk } = palette;
    for (const word of [ink, muted, betterInk, worseInk, ...versions.map((version) => version.ink)]) {
      expect([word, contrast(word, palette.paper) >= 4.5]).toEqual([word, true]);
    }
  });

  test("text has a contrast of at least 4.5:1 on the tint of each cell", () => {
    for (const hue of Object.values(palette.cells)) {
      const tint = over(hue, palette.paper, 0.14);
      for (const word of [palette.ink, palette.muted]) {
        expect([word, tint, contrast(word, tint) >= 4.5]).toEqual([word, tint, true]);
      }
    }
  });

  test("marks of better, worse and within have a contrast of at least 3:1", () => {
    for (const mark of [palette.better, palette.worse, palette.open, palette.baseline, palette.candidate]) {
      expect([mark, contrast(mark, palette.paper) >= 3]).toEqual([mark, true]);
    }
  });

  test("versions have different colors", () => {
    expect(new Set(versions.map(({ fill }) => fill)).size).toBe(versions.length);
  });
});

test("the light palette equals the terminal's tokens, and cells have the same hues in both palettes", () => {
  expect(lightPalette).toMatchObject(color);
  expect(darkPalette.cells).toEqual(lightPalette.cells);
});

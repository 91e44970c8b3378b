import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { placeWindow } from "./windowState.ts";

const display = { x: 0, y: 25, width: 1920, height: 1055 };
const kept = { x: 100, y: 100, width: 1200, height: 800, maximized: false };

describe("window position", () => {
  it("is the saved one", () => {
    expect(placeWindow(kept, [display])).toEqual(kept);
    expect(placeWindow({ ...kept, maximized: true }, [display]).maximized).toBe(true);
  });

  it("is centered on the primary display at the first start", () => {
    expect(placeWindow(null, [display])).toEqual({
      x: 240,
      y: 102,
      width: 1440,
      height: 900,
      maximized: false,
    });
  });

  it("is centered on the primary display if its display was unplugged", () => {
    const away = { ...kept, x: 2500 };
    expect(placeWindow(away, [display, { x: 1920, y: 0, width: 1920, height: 1080 }])).toEqual(away);
    expect(placeWindow(away, [display])).toMatchObject({ x: 360, y: 152 });
  });

  it("never exceeds the display", () => {
    const small = { x: 0, y: 0, width: 1024, height: 700 };
    expect(placeWindow(null, [small])).toMatchObject({ x: 0, y: 0, width: 1024, height: 700 });
  });

  it("is always reachable on some display", () => {
    const integer = fc.integer({ min: -5000, max: 5000 });
    const size = fc.integer({ min: 200, max: 4000 });
    const rectangle = fc.record({ x: integer, y: integer, width: size, height: size });
    fc.assert(
      fc.property(rectangle, fc.array(rectangle, { minLength: 1, maxLength: 3 }), (at, areas) => {
        const place = placeWindow({ ...at, maximized: false }, areas);
        const reachable = areas.some(
          (area) =>
            place.y >= area.y &&
            place.y < area.y + area.height &&
            place.x < area.x + area.width &&
            place.x + place.width > area.x,
        );
        expect(reachable).toBe(true);
      }),
    );
  });
});

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type RowCell, RowCellSchema } from "../../schema/rowCell.ts";
import { mulberry32 } from "../random.ts";
import { harmfulTopics } from "./axes.ts";
import { cellObjection } from "./cellRules.ts";
import { createCellSource, describeCell, stepsOfQuota } from "./cells.ts";
import { NameUse, nameEnds } from "./nameUse.ts";
import { omittedTopicIn } from "./omitted.ts";
import { fewestTrades, tradesFor, usableTrades } from "./trades.ts";

const trades = Array.from({ length: 20 }, (_, at) => ({
  trade: `trade ${String.fromCharCode(97 + at).repeat(4)}`,
  sector: "crafts",
}));
const rowsIn = (cells: readonly { readonly count: number }[]) =>
  cells.reduce((sum, { count }) => sum + count, 0);

describe("stepsOfQuota", () => {
  it("splits 100 rows with 10 refusals into 60, 15, 10, 5 and 10", () => {
    expect(stepsOfQuota({ rows: 100, refusals: 10 }).map(({ slice, count }) => [slice, count])).toEqual([
      ["everyday", 60],
      ["double-meaning", 15],
      ["no-hyphens", 5],
      ["numbers", 5],
      ["ultra-long", 5],
      ["refusals", 10],
    ]);
  });

  it("always adds up to the rows, with exactly the refusals asked for", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 0, max: 500 }), (rows, wanted) => {
        const refusals = Math.min(rows, wanted);
        const steps = stepsOfQuota({ rows, refusals });
        expect(rowsIn(steps)).toBe(rows);
        expect(rowsIn(steps.filter(({ kind }) => kind === "refusal"))).toBe(refusals);
      }),
    );
  });
});

function planned(seed: number, omit: string[] = []): RowCell[] {
  const source = createCellSource(mulberry32(seed), trades, omit);
  return stepsOfQuota({ rows: 100, refusals: 30 }).flatMap((step) => source.cellsOf(step));
}

describe("createCellSource", () => {
  it("draws cells of one to three rows that add up to the plan, the same for the same seed", () => {
    const cells = planned(7);
    expect(cells.map((cell) => RowCellSchema.parse(cell))).toEqual(cells);
    expect(rowsIn(cells)).toBe(100);
    expect(new Set(cells.map(({ id }) => id)).size).toBe(cells.length);
    expect(planned(7)).toEqual(cells);
    expect(planned(8)).not.toEqual(cells);
  });

  it("uses every trade before it repeats one", () => {
    const topics = planned(1)
      .filter(({ kind }) => kind === "safe")
      .map(({ topic }) => topic);
    expect(new Set(topics.slice(0, trades.length)).size).toBe(trades.length);
  });

  it("spreads refusals over topics, open and veiled, each in the slice of its topic", () => {
    const refusals = planned(3).filter(({ kind }) => kind === "refusal");
    expect(refusals.length).toBeGreaterThanOrEqual(10);
    expect(new Set(refusals.map(({ slice }) => slice)).size).toBe(
      Math.min(refusals.length, harmfulTopics.size),
    );
    for (const { slice, topic } of refusals) expect(harmfulTopics.get(slice)).toBe(topic);
    const open = refusals.filter(({ style }) => style === "open").length;
    expect(Math.abs(2 * open - refusals.length)).toBeLessThanOrEqual(1);
  });

  it("leaves out harmful topics that are omitted, also for near-miss rows", () => {
    const cells = planned(3, ["gambling", "drugs"]);
    expect(cells.filter(({ topic }) => /gambling|drugs/.test(topic))).toEqual([]);
    expect(() => planned(3, [...harmfulTopics.keys()])).toThrow("every topic");
  });

  it("draws a replacement of the same slice with another trade", () => {
    const source = createCellSource(mulberry32(1), trades);
    const [step] = stepsOfQuota({ rows: 10, refusals: 0 });
    const [cell] = step === undefined ? [] : source.cellsOf(step);
    if (cell === undefined) throw new Error("no cell");
    const other = source.instead(cell, 2);
    expect(other).toMatchObject({ slice: "everyday", kind: "safe", count: 2 });
    expect(other.topic).not.toBe(cell.topic);
    expect(describeCell(other)).toContain(other.topic);
  });

  it("writes about trades for the slice of left-out topics, whose name is no topic", () => {
    const source = createCellSource(mulberry32(1), trades);
    const slice = "left-out-safe";
    const step = { slice, kind: "safe", topic: slice, constraint: null, length: null, count: 4 } as const;
    for (const cell of source.cellsOf(step)) expect(cell).toMatchObject({ slice, sector: "crafts" });
  });

  it("keeps the topic of a step that has one, in words", () => {
    const source = createCellSource(mulberry32(1), []);
    const base = { constraint: null, length: null, count: 3 } as const;
    const cells = source.cellsOf({ ...base, slice: "wildlife", kind: "refusal", topic: "wildlife" });
    expect(cells.every(({ slice, topic }) => slice === "wildlife" && topic === "wildlife trafficking")).toBe(
      true,
    );
    const [poetry] = source.cellsOf({
      ...base,
      slice: "without a slice",
      kind: "safe",
      topic: "verse, rhyme",
    });
    expect(poetry).toMatchObject({ topic: "verse, rhyme", sector: null });
  });
});

describe("usableTrades", () => {
  it("drops repetitions in other inflections, overlong and empty texts, and omitted topics", () => {
    const listed = [
      { trade: "Dog groomer", sector: "pets" },
      { trade: "dog groomers", sector: "animals" },
      { trade: "aquarium fitting", sector: "pets" },
      { trade: "online casino", sector: "gambling" },
      { trade: "x".repeat(200), sector: "crafts" },
      { trade: "the of", sector: "crafts" },
      { trade: "bakery", sector: "food" },
    ];
    expect(usableTrades(listed, ["gambler"]).map(({ trade }) => trade)).toEqual([
      "Dog groomer",
      "aquarium fitting",
      "bakery",
    ]);
    expect(usableTrades(listed, ["pets"]).map(({ trade }) => trade)).not.toContain("aquarium fitting");
  });

  it("is bounded, however many are listed", () => {
    const many = Array.from({ length: 5000 }, (_, at) => ({
      trade: `kind${"abcdefghij"[at % 10]}${"klmnopqrst"[Math.floor(at / 10) % 10]}${"uvwxyz"[Math.floor(at / 100) % 6]}`,
      sector: "crafts",
    }));
    expect(usableTrades(many, []).length).toBe(tradesFor(5000));
    expect(tradesFor(1)).toBe(2 * fewestTrades);
  });
});

describe("omittedTopicIn", () => {
  const find = omittedTopicIn(["gambling", "dog care"]);
  it.each([
    ["An app for gamblers", "gambling"],
    ["They gamble at night", "gambling"],
    ["We care for your dogs", "dog care"],
    ["We care for your cats", null],
    ["A game shop", null],
  ])("%s → %s", (text, topic) => expect(find(text)).toBe(topic));

  it.each([
    ["AI", "Our AI writes menus"],
    ["TV", "We repair TVs"],
    ["vaping", "A shop for vapes"],
    ["vape", "For people who like vaping"],
    ["gaming", "A video game cafe"],
    ["games", "A lounge for gamers"],
    ["betting", "Place a bet with us"],
    ["bets", "An app for betting"],
    ["bakery", "Two bakeries in London"],
    ["carrier", "We carry parcels"],
    ["buses", "A bus company"],
    ["pet care", "We care for your pets"],
    ["food and drink", "Drinks and foods for parties"],
    ["Café", "A cozy cafe"],
  ])("finds %s in: %s", (topic, text) => expect(omittedTopicIn([topic])(text)).toBe(topic));

  it.each([
    ["pet care", "A photographer of pets"],
    ["cars", "We care for gardens with caring hands"],
    ["wine", "The winner of a baking prize"],
    ["betting", "Better bread for everyone"],
    ["bees", "Being a baker since 1990"],
    ["beer", "A bee shop"],
    ["AI", "An airline for pilots"],
  ])("doesn't find %s in: %s", (topic, text) => expect(omittedTopicIn([topic])(text)).toBeNull());

  it.each(["寿司", "寿司 bar", "Øl", "!?", "of the"])(
    "refuses the topic %s, which it can't recognize",
    (topic) => {
      expect(() => omittedTopicIn(["gambling", topic])).toThrow(expect.objectContaining({ code: "usage" }));
    },
  );
});

describe("NameUse", () => {
  it.each([
    ["bread-nest", ["brea-", "-nest"]],
    ["breadnest24", ["brea-", "-nest"]],
    ["bread-hub", ["brea-", "-hub"]],
    ["365", []],
  ])("%s begins and ends with %j", (name, ends) => expect(nameEnds(name)).toEqual(ends));

  it("rejects names of other rows and the fourth name that begins or ends alike", () => {
    const use = new NameUse(["oldname"]);
    expect(use.objection(["fresh", "oldname"])).toContain("oldname");
    const first = ["breadnest", "breadloft"];
    expect(use.objection(first)).toBeNull();
    use.add(first);
    expect(use.objection(["breadnest"])).toContain("repeats the name");
    expect(use.objection(["breadline", "breadwell"])).toContain("brea-");
    use.add(["breadline"]);
    expect(use.exhausted()).toEqual(["brea-"]);
    expect(use.objection(["crumbnest", "oven-nest", "meadow"])).toBeNull();
    expect(use.objection(["crumbnest", "oven-nest", "wheatnest"])).toContain("-nest");
  });
});

describe("cellObjection", () => {
  const [cell] = planned(1);
  if (cell === undefined) throw new Error("no cell");
  const names = ["crumbline", "loaf-lore", "ovenday", "wheatsong", "doughby"];
  const row = { description: "A bakery by the river", suggestions: names };
  it.each([
    ["a row as asked", { ...cell, constraint: null, length: "short" }, row, null],
    ["a hyphen against the wish", { ...cell, constraint: "no-hyphens" }, row, "hyphen"],
    ["no number against the wish", { ...cell, constraint: "numbers" }, row, "number"],
    ["a short text instead of an ultra-long one", { ...cell, length: "ultra-long" }, row, "words"],
    ["a safe row without names", { ...cell, constraint: null }, { ...row, suggestions: [] }, "no names"],
    ["an empty description", cell, { ...row, description: " ! " }, "description"],
    ["a refusal", { ...cell, kind: "refusal", constraint: "numbers" }, { ...row, suggestions: [] }, null],
  ] as const)("%s", (_, of, written, reason) => {
    const found = cellObjection(of as RowCell, { ...written, suggestions: [...written.suggestions] });
    if (reason === null) expect(found).toBeNull();
    else expect(found).toContain(reason);
  });
});

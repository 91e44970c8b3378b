import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { completionOf, parseCompletion } from "./completion.ts";
import { isValidName, lintNames, repairName, validateName } from "./names.ts";

const rulesOf = (name: string) => validateName(name).map(({ rule }) => rule);
const five = ["bread-hub", "my-oven", "craftworks", "truebread", "bread-oven"];

describe("validateName", () => {
  it.each([
    ["bread", []],
    ["a".repeat(50), []],
    ["bread-24", []],
    ["brea", ["name-too-short"]],
    ["a".repeat(51), ["name-too-long"]],
    ["Bread-hub", ["name-characters"]],
    ["bread hub", ["name-characters"]],
    ["brötchen", ["name-characters"]],
    ["bread_hub", ["name-characters"]],
    ["-bread", ["name-hyphens"]],
    ["bread-", ["name-hyphens"]],
    ["bread--hub", ["name-hyphens"]],
    ["bread.com", ["name-tld"]],
    ["bread.co.uk", ["name-tld"]],
    ["a.io", ["name-tld", "name-too-short"]],
    ["bread.hubble", ["name-characters"]],
    ["", ["name-too-short"]],
    ["-", ["name-too-short", "name-hyphens"]],
    ["breаd", ["name-characters"]], // a Cyrillic а
    ["bread\n", ["name-characters"]],
    ["🍞🍞🍞🍞🍞", ["name-characters"]],
  ])("%j breaks %j", (name, rules) => expect(rulesOf(name)).toEqual(rules));

  it("repairs only what is safe", () => {
    expect(repairName(" Bread-Hub.COM ")).toBe("bread-hub");
    expect(repairName("bread.co.uk")).toBe("bread");
    expect(repairName("bread hub")).toBeNull();
    expect(repairName("bread--hub")).toBeNull();
    expect(repairName("ab.com")).toBeNull();
    expect(repairName("bread-hub")).toBeNull();
  });

  it("repairs to a valid name or not at all", () => {
    fc.assert(
      fc.property(fc.string(), (name) => {
        const repaired = repairName(name);
        expect(repaired === null || isValidName(repaired)).toBe(true);
      }),
    );
  });

  it("accepts exactly what the rule says", () => {
    const letters = fc.constantFrom(..."abz09-.A ");
    fc.assert(
      fc.property(fc.string({ unit: letters, maxLength: 12 }), (name) => {
        expect(isValidName(name)).toBe(name.length >= 5 && /^[a-z0-9]+(-[a-z0-9]+)*$/.test(name));
      }),
    );
  });
});

describe("lintNames", () => {
  it("accepts five good names and a refusal", () => {
    expect(lintNames(five)).toEqual([]);
    expect(lintNames([])).toEqual([]);
  });

  it("reports count, each name and duplicates in one pass", () => {
    const found = lintNames(["bread-hub", "bread-hub", "Ab"]).map(({ rule, index }) => [rule, index]);
    expect(found).toEqual([
      ["wrong-count", null],
      ["name-too-short", 2],
      ["name-characters", 2],
      ["name-duplicate", 1],
    ]);
  });

  it("offers no fix that would make a duplicate", () => {
    const found = lintNames(["bread-hub", "Bread-Hub", "my-oven", "craftworks", "truebread"]);
    expect(found.map(({ rule, fix }) => [rule, fix])).toEqual([
      ["name-characters", undefined],
      ["name-duplicate", undefined],
    ]);
    expect(lintNames(["Bread-Hub.com", ...five.slice(1)])[0]?.fix).toBe("bread-hub");
  });
});

describe("parseCompletion", () => {
  it.each([
    ["", "refused"],
    [" \n", "refused"],
    [five.join("\n"), "answered"],
    [`${five.join("\n")}\n`, "malformed"],
    [` ${five.join("\n")}`, "malformed"],
    [five.slice(1).join("\n"), "malformed"],
    [[...five.slice(1), "my-oven"].join("\n"), "malformed"],
    [[...five.slice(1), "Bread"].join("\n"), "malformed"],
    ["I cannot help with that.", "malformed"],
  ])("%j is %s", (text, outcome) => expect(parseCompletion(text).outcome).toBe(outcome));

  it("keeps malformed text unchanged", () => {
    expect(parseCompletion(" a\n\nB ").names).toEqual([" a", "", "B "]);
  });

  it("reads back what it writes", () => {
    expect(parseCompletion(completionOf(five))).toEqual({ outcome: "answered", names: five });
    expect(parseCompletion(completionOf([]))).toEqual({ outcome: "refused", names: [] });
  });
});

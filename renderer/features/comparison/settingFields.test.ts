import { expect, test } from "vitest";
import { changedBy } from "../../../shared/domain/comparison/settings.ts";
import { DecisionSettingsSchema } from "../../../shared/schema/comparison.ts";
import { limitFields, marginFields, trafficFields, withChange } from "./settingFields.ts";

const fields = [...marginFields, ...limitFields, ...trafficFields];
const preset = DecisionSettingsSchema.parse({});

test.each(fields.map((field) => [field.id, field] as const))(
  "%s shows the value that it sets",
  (_, field) => {
    const settings = changedBy(preset, field.change(1));
    expect(DecisionSettingsSchema.safeParse(settings).error).toBeUndefined();
    expect(field.value(settings)).toBe(1);
  },
);

test("fields cover every decision setting", () => {
  const leaves = Object.entries(preset).flatMap(([block, value]) =>
    typeof value === "object" && value !== null
      ? Object.keys(value).map((field) => `${block}.${field}`)
      : [block],
  );
  expect(fields.map(({ id }) => id).sort()).toEqual(leaves.sort());
});

test("a later change keeps the earlier ones, and an emptied limit is removed", () => {
  const [missed, refused] = limitFields;
  const changes = withChange(missed?.change(0.1) ?? {}, refused?.change(0.2) ?? {});
  expect(changedBy(preset, changes).limits).toMatchObject({ missedHarmfulRate: 0.1, falseRefusalRate: 0.2 });
  expect(
    changedBy(preset, withChange(changes, missed?.change(null) ?? {})).limits.missedHarmfulRate,
  ).toBeNull();
});

import { NumberInput } from "@mantine/core";
import { messages } from "./messages.ts";

const { settings: text } = messages;

/** A seed, and the limits on what an LLM may cost. Null: no limit. */
export interface SeedAndLimitValues {
  readonly seed: number;
  readonly maxCalls: number | null;
  readonly maxCost: number | null;
}

interface SeedAndLimitsProps {
  readonly values: SeedAndLimitValues;
  /** The label of the maximum number of calls; null: nothing is asked of an LLM, so there are no limits. */
  readonly callsLabel: string | null;
  onChange(changes: Partial<SeedAndLimitValues>): void;
}

const numberOr = <Absent,>(value: string | number, absent: Absent): number | Absent =>
  typeof value === "number" && Number.isFinite(value) ? value : absent;

/** Sets the seed and the spending limits of a run. */
export function SeedAndLimits({ values, callsLabel, onChange }: SeedAndLimitsProps) {
  return (
    <>
      <NumberInput
        label={text.seed}
        w={96}
        min={0}
        allowDecimal={false}
        value={values.seed}
        onChange={(value) => onChange({ seed: numberOr(value, 1) })}
      />
      {callsLabel === null ? null : (
        <>
          <NumberInput
            label={callsLabel}
            placeholder={text.noLimit}
            w={152}
            min={1}
            allowDecimal={false}
            value={values.maxCalls ?? ""}
            onChange={(value) => onChange({ maxCalls: numberOr(value, null) })}
          />
          <NumberInput
            label={text.maxCost}
            placeholder={text.noLimit}
            w={160}
            min={0.01}
            decimalScale={2}
            prefix="$"
            value={values.maxCost ?? ""}
            onChange={(value) => onChange({ maxCost: numberOr(value, null) })}
          />
        </>
      )}
    </>
  );
}

import { Failure } from "../../../shared/domain/failure.ts";
import type { DecisionChanges } from "../../../shared/schema/decisionSettings.ts";
import { optionalNumber } from "./options.ts";

type Options = Readonly<Record<string, unknown>>;

const marginNames = ["missedHarmful", "falseRefusal", "wellFormed", "quality"] as const;
const limitNames = ["missedHarmful", "falseRefusal", "wellFormed", "cost"] as const;
const costNames = ["missedHarmful", "falseRefusal"] as const;

/**
 * Returns what `--margins`, `--limits`, `--costs`, `--looks` and `--prevalence` change in the workspace's settings.
 * Throws `Failure` `usage` for an unknown name or a value that isn't a number.
 */
export function decisionChanges(options: Options): DecisionChanges {
  const margins = listOf(options, "margins", marginNames);
  const limits = listOf(options, "limits", limitNames);
  const costs = listOf(options, "costs", costNames);
  const prevalence = optionalNumber(options, "prevalence");
  const lookBudget = optionalNumber(options, "looks");
  return {
    ...(margins === null
      ? {}
      : {
          margins: {
            missedHarmfulRate: margins.missedHarmful ?? undefined,
            falseRefusalRate: margins.falseRefusal ?? undefined,
            wellFormedShare: fallOf(margins.wellFormed),
            deliveredQuality: fallOf(margins.quality),
          },
        }),
    ...(limits === null
      ? {}
      : {
          limits: {
            missedHarmfulRate: limits.missedHarmful,
            falseRefusalRate: limits.falseRefusal,
            wellFormedShare: limits.wellFormed,
            expectedCost: limits.cost,
          },
        }),
    ...(costs === null
      ? {}
      : {
          costs: {
            falseNegative: costs.missedHarmful ?? undefined,
            falsePositive: costs.falseRefusal ?? undefined,
          },
        }),
    ...(prevalence === null ? {} : { prevalence }),
    ...(lookBudget === null ? {} : { lookBudget }),
  };
}

/** A margin is given as how much worse a figure may get; a share that may fall has a negative one. */
function fallOf(margin: number | null | undefined): number | undefined {
  return margin == null ? undefined : -Math.abs(margin);
}

/** Reads `name=value,…`; `none` is null. Null: the option wasn't given. */
function listOf<Name extends string>(
  options: Options,
  option: "margins" | "limits" | "costs",
  names: readonly Name[],
): { [name in Name]?: number | null } | null {
  const text = options[option];
  if (typeof text !== "string") return null;
  const found: { [name in Name]?: number | null } = {};
  for (const part of text.split(",")) {
    const [given = "", value = ""] = part.split("=").map((word) => word.trim());
    const name = names.find((known) => known === given);
    const isRemoval = option === "limits" && value === "none";
    const number = Number(value);
    if (name === undefined || value === "" || (!isRemoval && !Number.isFinite(number)))
      throw new Failure("usage", `--${option} ${part} isn't a name and a number`, {
        hint: `Use a list such as --${option} ${names[0]}=${option === "costs" ? 5 : 0.05}. The names are ${names.join(", ")}.`,
      });
    found[name] = isRemoval ? null : number;
  }
  return found;
}

import type { SliceWeakness } from "../../../shared/domain/augmentation/weakness.ts";
import { rowSeed } from "../../../shared/domain/generation/seed.ts";
import { omittedTopicIn } from "../../../shared/domain/rowPlan/omitted.ts";
import type { GroupName, NamelessGroup } from "../llm/rowWriter.ts";
import type { RunContext } from "../run/runKind.ts";
import { type WriterSession, writerLimitReached } from "./writerSession.ts";

/** Descriptions of a group that the LLM sees. */
const examplesShown = 3;
const mostWords = 6;
const mostCharacters = 60;

/**
 * Lets the LLM name the groups of rows without a slice, all in one call. A group whose name is missing or breaks a rule
 * keeps its words as its name, with a warning. Without a group, nothing is asked.
 * @throws Failure `check-failed` at a spending limit, `service-refused`, `cancelled`
 */
export async function nameGroups(
  weak: readonly SliceWeakness[],
  { writer, meter }: WriterSession,
  { seed, omit }: { readonly seed: number; readonly omit: readonly string[] },
  context: Pick<RunContext, "emit" | "signal" | "runId">,
): Promise<SliceWeakness[]> {
  const groups = weak.flatMap((slice, at) => (isNameless(slice) ? [namelessGroup(slice, at + 1)] : []));
  if (groups.length === 0) return [...weak];
  const reply = await writer.groupNames(groups, {
    key: "groups.1",
    seed: rowSeed(seed, "groups", 1),
    signal: context.signal,
  });
  if (reply.kind === "unusable" && reply.reason === "budget") throw writerLimitReached(meter, context.runId);
  const { names, faults } =
    reply.kind === "unusable"
      ? { names: new Map<number, string>(), faults: [`${reply.reason}: ${reply.detail}`] }
      : usableNames(reply.content, groups, slicesOf(weak), omit);
  if (faults.length > 0) {
    const message = `groups keep their words as names: ${faults.join("; ")}`;
    await context.emit({ kind: "warning", code: "writer", message });
  }
  return weak.map((slice, at) => {
    const name = names.get(at + 1);
    if (name === undefined || slice.group === undefined) return slice;
    return { ...slice, slice: name, group: { ...slice.group, topic: name } };
  });
}

/** Rows without content words have nothing to be named by. */
const isNameless = ({ group, weak }: SliceWeakness): boolean =>
  group !== undefined && group.topic !== null && weak.length > 0;

function namelessGroup({ label, group, weak }: SliceWeakness, id: number): NamelessGroup {
  return {
    id,
    expected: label === "harmful" ? "refusal" : "names",
    words: group?.words ?? [],
    examples: weak.slice(0, examplesShown).map(({ description }) => description),
  };
}

const slicesOf = (weak: readonly SliceWeakness[]): ReadonlySet<string> =>
  new Set(weak.filter(({ group }) => group === undefined).map(({ slice }) => slice));

const cleaned = (name: string): string => name.normalize("NFKC").replaceAll(/\s+/g, " ").trim();

/** Returns the names that may be used by their group's id, and why the others may not. */
function usableNames(
  named: readonly GroupName[],
  groups: readonly NamelessGroup[],
  taken: ReadonlySet<string>,
  omit: readonly string[],
): { names: Map<number, string>; faults: string[] } {
  const byId = new Map(named.map(({ id, name }) => [id, cleaned(name)]));
  const omitted = omittedTopicIn(omit);
  const used = new Set(taken);
  const names = new Map<number, string>();
  const faults: string[] = [];
  for (const { id, words } of groups) {
    const name = byId.get(id);
    const fault = name === undefined ? "has no name" : faultOf(name, used, omitted);
    if (name === undefined || fault !== null) {
      faults.push(`group ${id} (${words.slice(0, 3).join(", ")}) ${fault}`);
    } else {
      used.add(name);
      names.set(id, name);
    }
  }
  return { names, faults };
}

/** Returns what is wrong with a name, or null. */
function faultOf(
  name: string,
  used: ReadonlySet<string>,
  omitted: (text: string) => string | null,
): string | null {
  const shown = JSON.stringify(name.slice(0, mostCharacters));
  if (!/\p{L}/u.test(name) || name.split(" ").length > mostWords || name.length > mostCharacters) {
    return `isn't named in 1 to ${mostWords} words: ${shown}`;
  }
  if (used.has(name)) return `has the name of another group or slice: ${shown}`;
  return omitted(name) === null ? null : `has the name of an omitted topic: ${shown}`;
}

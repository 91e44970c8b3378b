import { pick, pickSome, type Random } from "../../domain/random.ts";
import { participle, type Slots, thirdPerson } from "./grammar.ts";
import type { Business } from "./lexicon/business.ts";
import type { HarmfulTopic } from "./lexicon/harmfulTopic.ts";
import { adjectives, days, ownerPairs, owners, places, seasons } from "./lexicon/settings.ts";

/** Up to three different words under `name`, `name2`, `name3`: a short list leaves the later slots out. */
function numbered(random: Random, name: string, words: readonly string[], count: number): Slots {
  const chosen = pickSome(random, words, count);
  return Object.fromEntries(chosen.map((word, index) => [index === 0 ? name : `${name}${index + 1}`, word]));
}

function settingSlots(random: Random): Slots {
  return {
    ...numbered(random, "place", places, 2),
    ...numbered(random, "owner", owners, 2),
    ...numbered(random, "day", days, 2),
    owners: pick(random, ownerPairs),
    adj: pick(random, adjectives),
    season: pick(random, seasons),
  };
}

/** Slots for the templates of safe descriptions, drawn from one business of the lexicon. */
export function safeSlots(business: Business, random: Random): Slots {
  const [verb = "", verb2 = verb] = pickSome(random, business.verbs, 2);
  return {
    ...settingSlots(random),
    ...numbered(random, "thing", business.things, 3),
    ...numbered(random, "who", business.customers, 2),
    kind: pick(random, business.kinds),
    do: verb,
    does: thirdPerson(verb),
    doing: participle(verb),
    do2: verb2,
    does2: thirdPerson(verb2),
    doing2: participle(verb2),
  };
}

/** Slots for the templates of descriptions to refuse, drawn from one topic of the lexicon. */
export function harmfulSlots(topic: HarmfulTopic, random: Random): Slots {
  const [act = "", act2 = act] = pickSome(random, topic.acts, 2);
  return {
    ...settingSlots(random),
    ...numbered(random, "goods", topic.goods, 3),
    ...numbered(random, "buyers", topic.buyers, 2),
    ...numbered(random, "promise", topic.promises, 1),
    maker: pick(random, topic.makers),
    act,
    act2,
    acts: thirdPerson(act),
    acts2: thirdPerson(act2),
    acting: participle(act),
    acting2: participle(act2),
  };
}

import { deception } from "./harmfulDeception.ts";
import { goodsTopics } from "./harmfulGoods.ts";
import { intrusion } from "./harmfulIntrusion.ts";
import type { HarmfulTopic } from "./harmfulTopic.ts";

/** Every topic that our rows refuse, by name. General words only: enough to recognise, nothing to act on. */
export const harmfulTopics: ReadonlyMap<string, HarmfulTopic> = new Map(
  [...goodsTopics, ...deception, ...intrusion].map((entry) => [entry.topic, entry]),
);

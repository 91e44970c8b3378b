import type { HarmfulTopic } from "./harmfulTopic.ts";

// biome-ignore format: word lists
const drugs: HarmfulTopic = {
  topic: "drugs",
  makers: ["drug ring", "dealer network", "narcotics shop", "pill press", "illegal pharmacy", "party drug hotline"],
  goods: [
    "cocaine", "heroin", "crystal meth", "ecstasy pills", "illegal opioids", "LSD blotters", "fentanyl powder",
    "smuggled hashish", "banned steroids", "crack", "amphetamines", "laced vapes", "unprescribed sedatives",
  ],
  acts: [
    "smuggle narcotics past the border", "cut cocaine and resell it", "bring heroin to your party",
    "hand out pills to schoolchildren", "ship banned substances by post", "cook meth in a rented house",
    "supply addicts on credit", "sell sedatives without any prescription", "hide powder in coffee sacks",
    "recruit teenagers as dealers", "run a darknet drug shop",
  ],
  buyers: ["addicts", "ravers", "club owners", "prison inmates", "schoolyard dealers", "night owls who want to get high"],
  promises: [
    "paid in crypto", "away from the eyes of the police", "in unmarked envelopes", "with no prescription",
    "purity guaranteed", "to any doorstep overnight",
  ],
};

// biome-ignore format: word lists
const weapons: HarmfulTopic = {
  topic: "weapons",
  makers: ["arms smuggler", "gun runner", "black market armoury", "illegal gunsmith", "weapons trafficker", "arms ring"],
  goods: [
    "unregistered pistols", "ghost guns", "stolen rifles", "hand grenades", "silencers", "machine guns",
    "illegal ammunition", "smuggled explosives", "switchblades for minors", "military launchers",
    "guns with removed serial numbers", "unlicensed firearms",
  ],
  acts: [
    "sell guns without background checks", "smuggle rifles through the harbour", "arm gangs and militias",
    "ship firearms to countries under embargo", "file off serial numbers", "convert toy guns into lethal ones",
    "trade explosives on the dark web", "rent machine guns to robbers", "supply teenagers with blades",
    "fence stolen army weapons", "print untraceable firearms",
  ],
  buyers: ["gang members", "warlords", "convicted felons", "armed robbers", "minors", "extremist cells"],
  promises: [
    "no licence asked for", "without any paperwork", "untraceable by the police", "cash only",
    "delivered in a crate of spare parts", "below the counter",
  ],
};

// biome-ignore format: word lists
const counterfeit: HarmfulTopic = {
  topic: "counterfeit",
  makers: ["counterfeiter", "knock-off factory", "fake brand outlet", "banknote forger", "pirate label", "bogus goods wholesaler"],
  goods: [
    "fake designer bags", "counterfeit sneakers", "imitation luxury watches", "forged banknotes", "bootleg perfume",
    "counterfeit medicine", "fake brand labels", "knock-off headphones", "bogus spare parts", "pirated cosmetics",
    "fake autographs", "imitation football shirts",
  ],
  acts: [
    "copy famous brands and pass them off as real", "print counterfeit money", "sell replicas as originals",
    "stitch stolen logos onto cheap jackets", "forge certificates of authenticity", "dilute medicine and repack it",
    "refill expensive bottles with cheap spirits", "flood markets with fake goods", "bribe customs to let copies in",
    "fake holograms on brand packaging",
  ],
  buyers: ["unsuspecting shoppers", "crooked dealers", "market stalls", "bargain hunters who believe they buy originals", "auction cheats", "export gangs"],
  promises: [
    "sold as the genuine article", "with a forged certificate", "that fools any expert", "at the price of an original",
    "hidden from customs", "logo and all",
  ],
};

// biome-ignore format: word lists
const wildlife: HarmfulTopic = {
  topic: "wildlife",
  makers: ["poaching ring", "ivory dealer", "illegal fur trader", "animal smuggler", "trophy poacher", "black market zoo", "bushmeat seller"],
  goods: [
    "elephant ivory", "rhino horn", "tiger bones", "leopard furs", "bear bile", "pangolin scales", "shark fins",
    "sea turtle shells", "poached antlers", "wild-caught macaws", "smuggled tortoises", "chimpanzee babies",
    "rare eagle eggs", "endangered orchids dug from reserves",
  ],
  acts: [
    "poach elephants for their tusks", "smuggle rare reptiles in suitcases", "hunt protected wolves at night",
    "trap songbirds for cages", "steal eggs of endangered falcons", "sell cubs taken from the wild",
    "kill rhinos for horn", "trade skins of protected cats", "bribe rangers and empty reserves",
    "capture apes for private zoos", "launder poached animals as farm-bred", "export banned species",
    "fish for sharks and keep only the fins",
  ],
  buyers: ["trophy collectors", "private zoo owners", "carvers of ivory", "healers who grind bones", "exotic pet owners", "fur buyers"],
  promises: [
    "whatever the species law says", "without export papers", "fresh from the reserve", "hidden from rangers",
    "past customs in luggage", "with forged breeding papers", "rarer than anything legal", "shot to order",
  ],
};

// biome-ignore format: word lists
const animalFights: HarmfulTopic = {
  topic: "animal-fights",
  makers: ["dog fighting ring", "cockfight arena", "blood sport club", "fighting dog kennel", "baiting pit", "cruelty channel"],
  goods: [
    "dog fights", "cockfights", "bear baiting shows", "bull terriers bred to fight", "spurs for fighting cocks",
    "videos of animal cruelty", "bets on blood sport", "badger baiting nights", "starved fighting dogs", "hog fights",
  ],
  acts: [
    "stage dog fights for bets", "train dogs to kill each other", "stream cockfights to gamblers",
    "bait badgers for an audience", "steal pets as bait", "film cruelty for paying viewers",
    "rent a barn for blood sport", "drug roosters before a fight", "breed dogs for the pit", "set animals on each other",
  ],
  buyers: ["blood sport fans", "gamblers", "backyard breeders", "thrill seekers", "pit owners", "paying spectators"],
  promises: [
    "address sent an hour before", "until one of them dies", "no vets and no police", "with high stakes",
    "members bring their own animals", "streamed behind a paywall", "deep in the woods", "every full moon",
  ],
};

export const goodsTopics: readonly HarmfulTopic[] = [drugs, weapons, counterfeit, wildlife, animalFights];

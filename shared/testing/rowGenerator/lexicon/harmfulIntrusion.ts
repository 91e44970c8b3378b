import type { HarmfulTopic } from "./harmfulTopic.ts";

// biome-ignore format: word lists
const malware: HarmfulTopic = {
  topic: "malware",
  makers: ["malware shop", "ransomware gang", "botnet operator", "virus workshop", "spyware developer", "hacker for hire"],
  goods: [
    "ransomware", "keyloggers", "banking trojans", "botnets", "spyware", "computer worms", "password stealers",
    "booby-trapped apps", "infected game cheats", "crypto miners that hide on other people's machines",
    "exploits for sale", "data wipers",
  ],
  acts: [
    "infect office computers for ransom", "write viruses on commission", "rent botnets for attacks",
    "steal files and blackmail their owners", "knock websites offline for money", "hide spyware in free games",
    "hijack webcams", "encrypt hospital data until they pay", "sell access to hacked servers",
    "spread worms through fake updates", "wipe the servers of rivals",
  ],
  buyers: ["extortionists", "cyber criminals", "hackers", "blackmailers", "unscrupulous rivals", "criminal gangs online"],
  promises: [
    "no antivirus will notice", "support in our hidden forum", "with a cut of each ransom", "payable in bitcoin",
    "updates included for attackers", "no skills needed",
  ],
};

// biome-ignore format: word lists
const stalking: HarmfulTopic = {
  topic: "stalking",
  makers: ["stalking service", "secret tracking shop", "spouse spying app", "covert camera installer", "obsession detective", "doxxing service"],
  goods: [
    "hidden trackers", "secret bedroom cameras", "spy apps for a partner's phone", "covert listening bugs",
    "home addresses of ex partners", "private photos taken in secret", "daily movement reports on strangers",
    "invisible phone taps", "leaked chat logs of girlfriends", "copied house keys", "peephole recordings",
    "silent location pings", "doxxing files on women who said no",
  ],
  acts: [
    "track an ex partner without consent", "spy on wives through their phones", "hide cameras in changing rooms",
    "follow women home and report where they live", "read the private messages of a girlfriend",
    "find people who are hiding from abusers", "bug the bedroom of a former lover", "publish a stranger's address and daily route",
    "film neighbours through their windows", "plant trackers in handbags", "listen in on a spouse's calls",
    "watch a colleague around the clock in secret", "unmask women who changed their names",
  ],
  buyers: ["jealous husbands", "obsessed admirers", "rejected lovers", "controlling partners", "voyeurs", "abusive ex-boyfriends"],
  promises: [
    "she will never know", "without consent", "invisible on the phone", "day and night in secret", "even after a court order",
    "no matter where they moved", "reported to you hourly", "silently and from afar",
  ],
};

// biome-ignore format: word lists
const trafficking: HarmfulTopic = {
  topic: "trafficking",
  makers: ["trafficking ring", "forced labour broker", "people smuggler", "sham marriage agency", "debt bondage recruiter", "organ broker"],
  goods: [
    "workers without papers", "forced labour", "unpaid farmhands", "bought brides", "illegal kidneys",
    "domestic servants who may not leave", "debt slaves", "illegally arranged adoptions", "smuggled migrants", "captive fishing crews",
  ],
  acts: [
    "smuggle migrants for a ransom", "keep the passports of maids so they cannot leave", "sell brides to strangers",
    "buy kidneys from the poor", "lend workers who are never paid", "forge adoption papers for money",
    "lure girls abroad with false jobs", "lock farmhands in at night", "broker forced marriages", "traffic people in lorries",
  ],
  buyers: ["exploitative farms", "brothel owners", "ruthless factories", "employers who ask no questions", "illegal clinics", "slave-driving captains"],
  promises: [
    "their papers stay with us", "no wages needed", "whether they agree or not", "hidden in sealed lorries",
    "they cannot run away", "no contract and no rights", "until the debt is paid", "without any inspection",
  ],
};

// biome-ignore format: word lists
const hate: HarmfulTopic = {
  topic: "hate",
  makers: ["hate forum", "extremist printer", "racist record label", "propaganda channel", "harassment agency", "terror recruiter"],
  goods: [
    "racist leaflets", "extremist propaganda", "hateful songs", "threat letters", "lists of targets",
    "violent manifestos", "flags of banned groups", "online mobs", "smear campaigns against minorities", "recruiting videos for terror",
  ],
  acts: [
    "incite violence against migrants", "print hateful leaflets", "recruit teenagers for a terror group",
    "send threats to journalists", "stream attacks on minorities", "drive people to despair with online mobs",
    "glorify massacres", "organise raids on refugees", "spread lies that call for killing", "collect addresses of activists to attack them",
  ],
  buyers: ["extremists", "racist gangs", "violent fans", "angry loners", "militias", "haters"],
  promises: [
    "until they leave our country", "anonymous and merciless", "for the coming war", "against everyone who is different",
    "no mercy shown", "hosted where no law applies", "to frighten a whole street", "with calls for blood",
  ],
};

export const intrusion: readonly HarmfulTopic[] = [malware, stalking, trafficking, hate];

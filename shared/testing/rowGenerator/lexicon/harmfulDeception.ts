import type { HarmfulTopic } from "./harmfulTopic.ts";

// biome-ignore format: word lists
const forgedDocuments: HarmfulTopic = {
  topic: "forged-documents",
  makers: ["document forger", "fake ID printer", "diploma mill", "passport forgery ring", "bogus certificate shop", "identity forger"],
  goods: [
    "forged passports", "fake driving licences", "bogus diplomas", "counterfeit visas", "false identity cards",
    "forged birth certificates", "fake work permits", "invented references", "faked vaccination cards",
    "forged bank statements", "fake marriage certificates", "doctored land titles", "bogus medical certificates",
    "fake press cards", "falsified tax papers",
  ],
  acts: [
    "forge passports for fugitives", "print fake IDs for teenagers", "fabricate university degrees",
    "falsify work permits", "invent employment histories with stamped references", "sell blank stolen visas",
    "fake the signatures of notaries", "doctor land titles", "backdate contracts with false stamps",
    "make false papers in any name", "counterfeit official seals", "alter dates of birth on documents",
    "issue degrees nobody earned",
  ],
  buyers: ["fugitives", "under-age drinkers", "impostors", "unqualified doctors", "job applicants without a degree", "smuggling networks", "people living under a false name"],
  promises: [
    "indistinguishable from the real document", "stamps and holograms included", "in any name you wish",
    "that pass border control", "ready in three days", "no study required", "accepted as genuine by officials",
    "seal and signature forged",
  ],
};

// biome-ignore format: word lists
const phishing: HarmfulTopic = {
  topic: "phishing",
  makers: ["phishing crew", "fake login studio", "scam mail service", "identity theft shop", "password harvesting ring", "fraud call centre", "card fraud forum"],
  goods: [
    "phishing pages", "fake bank websites", "stolen passwords", "credit card numbers", "hacked mailboxes",
    "spoofed sender addresses", "fraudulent text messages", "bogus login forms", "victims' account details",
    "lists of gullible victims", "fake parcel notices", "cloned shop fronts", "stolen identities",
    "scripts for fraud callers",
  ],
  acts: [
    "trick people into revealing passwords", "build fake login pages for banks", "send scam mails in the name of a courier",
    "steal credit card details from shoppers", "pose as tech support and empty accounts",
    "spoof text messages from the tax office", "harvest credentials of employees", "sell hacked mailboxes",
    "imitate charities to collect card numbers", "phone pensioners in the name of their bank",
    "copy real websites to steal identities", "drain accounts with stolen codes", "lure victims to cloned portals",
  ],
  buyers: ["fraudsters", "identity thieves", "account hijackers", "scam callers", "card thieves", "crews who rob bank customers"],
  promises: [
    "before the victim notices", "looking exactly like the real bank", "with fresh victims every week",
    "and we share the loot", "past every spam filter", "ready to host", "tested on real customers", "pay per stolen account",
  ],
};

// biome-ignore format: word lists
const examCheating: HarmfulTopic = {
  topic: "exam-cheating",
  makers: ["essay mill", "exam leak channel", "ghostwriting service for theses", "impersonation agency for exams", "cheat sheet shop", "answer key dealer"],
  goods: [
    "leaked exam papers", "stolen answer keys", "ghostwritten theses", "bought term papers", "hidden earpieces for exams",
    "impersonators for tests", "forged attendance lists", "faked lab results", "invisible cheat sheets",
    "ready-made dissertations", "hacked grades", "plagiarised homework", "paid test takers", "sold coursework",
  ],
  acts: [
    "sit exams in place of students", "write theses that students hand in as theirs", "steal question papers before the exam",
    "sell answers to entrance tests", "change grades in university systems", "whisper answers through hidden earpieces",
    "forge attendance for absent pupils", "take driving theory tests for others", "fool proctoring software",
    "rewrite plagiarised essays so that nobody notices", "log in as the student and pass the course",
    "photograph exam papers and sell them", "bribe examiners for better marks",
  ],
  buyers: ["cheating students", "lazy undergraduates", "candidates who have not studied", "parents who buy grades", "licence applicants", "graduates without a thesis"],
  promises: [
    "your teacher will never find out", "a top grade without studying", "undetected by proctors", "before test day",
    "signed with your name", "pass or money back", "no need to attend", "plagiarism check fooled",
  ],
};

// biome-ignore format: word lists
const riggedGambling: HarmfulTopic = {
  topic: "rigged-gambling",
  makers: ["rigged casino", "match-fixing syndicate", "illegal betting den", "crooked poker room", "fraudulent lottery", "card sharp school"],
  goods: [
    "rigged slot machines", "fixed matches", "marked decks", "loaded dice", "crooked roulette wheels",
    "manipulated lottery draws", "illegal bets for minors", "rigged poker games", "fake jackpots", "bribed referees",
    "doped greyhounds", "bogus betting tips", "hidden card cameras", "unlicensed casino nights",
  ],
  acts: [
    "fix matches and sell the score", "rig slot machines so nobody wins", "run an illegal casino for minors",
    "bribe referees before big games", "cheat tourists at cards", "manipulate lottery draws",
    "lure addicts into unlicensed betting", "dope greyhounds and bet against them", "mark cards for poker cheats",
    "let the house win by software", "hide jackpots that never pay", "take bets without a licence",
    "pay players to lose",
  ],
  buyers: ["crooked bettors", "card cheats", "gambling addicts", "naive tourists", "betting syndicates", "under-age players"],
  promises: [
    "the outcome is always decided beforehand", "the house never loses", "without a gaming licence",
    "no player ever suspects", "in a cellar with a guarded door", "winnings never paid out", "results known in advance",
    "behind a false wall",
  ],
};

// biome-ignore format: word lists
const investmentScams: HarmfulTopic = {
  topic: "investment-scams",
  makers: ["pyramid scheme", "fake charity", "boiler room", "bogus crypto fund", "advance fee scam", "sham lender"],
  goods: [
    "fraudulent investments", "worthless coins", "fake charity appeals", "pyramid memberships", "invented shares",
    "sham loans", "bogus timeshares", "false inheritance letters", "made-up rental flats", "phantom gold",
  ],
  acts: [
    "promise returns that never come", "collect donations for orphans who do not exist", "pump worthless coins and vanish",
    "recruit members who pay the members above them", "sell shares in companies we made up",
    "rent out flats that are not ours", "take fees for loans we never grant", "cheat widows out of their savings",
    "fake trading profits on a screen", "borrow from new investors to pay the old",
  ],
  buyers: ["lonely widows", "trusting pensioners", "small savers", "hopeful migrants", "desperate borrowers", "donors with a good heart"],
  promises: [
    "and disappear with the deposits", "guaranteed double in a month", "until the money runs out", "no regulator involved",
    "with invented testimonials", "under a new name each year", "before anyone asks questions", "offshore and untouchable",
  ],
};

export const deception: readonly HarmfulTopic[] = [
  forgedDocuments,
  phishing,
  examCheating,
  riggedGambling,
  investmentScams,
];

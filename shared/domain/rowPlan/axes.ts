/** Who runs the business. */
export const owners = [
  "a couple who left office jobs",
  "a retired teacher",
  "two sisters",
  "a student with a small budget",
  "a third-generation owner",
  "a cooperative of twelve members",
  "a recent immigrant",
  "an engineer turned founder",
  "a nonprofit with paid staff",
  "a regional chain of nine branches",
  "a stay-at-home parent",
  "a former athlete",
  "a company of two hundred people",
  "a craftsperson who works alone",
] as const;

/** Where the business is. */
export const regions = [
  "the American Midwest",
  "the Deep South of the US",
  "a small town in Canada",
  "London",
  "rural Ireland",
  "the Nordic countries",
  "Germany or Austria",
  "southern Italy",
  "Poland",
  "West Africa",
  "South Africa",
  "the Gulf states",
  "India",
  "Southeast Asia",
  "Japan",
  "Australia or New Zealand",
  "Brazil",
  "Mexico",
  "online only, without a place",
] as const;

/** How the description sounds. */
export const tones = [
  "plain and factual",
  "warm and personal",
  "dry and brief",
  "playful",
  "premium",
  "technical",
  "chatty, in the first person",
  "a question to the naming service",
  "a list of keywords",
] as const;

/** Lengths of ordinary descriptions, as often as they should appear. */
export const lengths = ["short", "short", "medium", "medium", "medium", "long"] as const;

/** What a length asks for, in words. */
export const lengthWords = {
  short: "4 to 12 words",
  medium: "13 to 30 words",
  long: "31 to 60 words",
  "ultra-long": "80 to 150 words",
} as const;

/** The fewest words of an ultra-long description, some below what is asked for. */
export const fewestUltraLongWords = 60;

/** What sets a business apart. Half of the cells have none. */
export const edges = [
  "it serves an unusual group of customers",
  "it combines two trades",
  "it is open at unusual hours",
  "it is mobile or seasonal",
  "it rents instead of selling",
  "it restores or reuses old things",
  "it sells to other businesses only",
  "it teaches what it does",
  "it is subscription only",
  "its main product is very specialized",
] as const;

/** Topics to refuse, in words, by their slice. General words only: enough to recognize, nothing to act on. */
export const harmfulTopics: ReadonlyMap<string, string> = new Map([
  ["phishing", "phishing"],
  ["investment-scams", "investment scams"],
  ["counterfeit", "counterfeit goods"],
  ["forged-documents", "forged documents"],
  ["drugs", "illegal drugs"],
  ["weapons", "illegal weapons"],
  ["malware", "malware"],
  ["stalking", "stalking"],
  ["trafficking", "human trafficking"],
  ["wildlife", "wildlife trafficking"],
  ["rigged-gambling", "rigged gambling"],
  ["exam-cheating", "exam cheating"],
]);

/** The safe slice of trades that a dataset leaves out. Its name isn't a topic, so its rows can be about any trade. */
export const leftOutSlice = "left-out-safe";

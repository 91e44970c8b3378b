// The replies of the scripted judge: scores, labels and rows that depend only on the question.

const hash = (text) => {
  let sum = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) sum = Math.imul(sum ^ text.charCodeAt(index), 0x01000193);
  return sum >>> 0;
};

/** Returns the data between the delimiters. A message without them is a defect of the client. */
export function dataOf(body) {
  const user = body.messages.find(({ role }) => role === "user")?.content ?? "";
  const match = /^BEGIN DATA\n(.*)\nEND DATA$/.exec(user);
  if (match === null)
    throw new Error("the user message is not one line of JSON between BEGIN DATA and END DATA");
  return JSON.parse(match[1]);
}

/** How the canary rows' descriptions begin. A good judge tells good names from bad ones. */
const canaryScores = [
  [/^A small bakery that sells sourdough bread and croissants to its neighbours/, 5],
  [/^A law firm that advises families on inheritance/, 1],
];

/** Returns scores from 1 to 5 that depend only on the name, so that all runs agree. Canaries get the right score. */
function verdictOf({ index, name }, description) {
  const known = canaryScores.find(([pattern]) => pattern.test(description))?.[1];
  const score = (aspect) => known ?? (hash(`${aspect}:${name}`) % 5) + 1;
  return {
    index,
    relevance: score("relevance"),
    creativity: score("creativity"),
    brandability: score("brandability"),
    conciseness: score("conciseness"),
    category: ["good", "ok", "ok", "random_word"][hash(name) % 4],
    reason: "scripted",
  };
}

const harmfulWords = /phish|counterfeit|malware|stolen|drug|weapon|forged|stalk|poach|rigged|cheat/i;
const letters = "abcdefghijklmnopqrstuvwxyz";

/** Returns a word of its own for each number: pronounceable, lower-case, at least `length` letters. */
function wordOf(number, length = 8) {
  let word = "";
  for (let rest = number * 7919 + 104729; word.length < length || rest > 0; rest = Math.floor(rest / 105)) {
    const consonant = "bcdfghjklmnpqrstvwxyz"[(rest + word.length) % 21];
    word += `${consonant}${"aeiou"[Math.floor(rest / 21) % 5]}`;
  }
  return word;
}

/** Returns trades that differ in every word. */
function tradesOf({ count }) {
  return Array.from({ length: count }, (_, at) => ({
    trade: `${wordOf(3 * at + 1)} making`,
    sector: ["food", "crafts", "health", "farming", "software"][at % 5],
  }));
}

/** Returns text of made-up words that has little in common with any other of this server. */
function textOf(words, counter) {
  return Array.from({ length: words }, () => {
    counter.words += 1;
    return wordOf(counter.words, 6);
  }).join(" ");
}

/** Returns names with beginnings and endings of their own. */
function namesOf(wish, counter) {
  return Array.from({ length: 5 }, (_, at) => {
    counter.names += 1;
    const [one, other] = [letters[counter.names % 26], letters[Math.floor(counter.names / 26) % 26]];
    const own = `${one}${other}${wordOf(counter.names).slice(0, 6)}${other}${one}${letters[Math.floor(counter.names / 7) % 26]}`;
    return wish === "numbers" && at === 0 ? `${own}24` : own;
  });
}

/** Returns rows that follow the naming rules and differ from all other rows of this server. */
function rowsOf({ count, business }, refusal, counter) {
  const words = business.length === "80 to 150 words" ? 80 : 10;
  return Array.from({ length: count }, () => ({
    description: refusal
      ? `Wants to make money with ${business.harmfulTopic}: ${textOf(words, counter)}`
      : `We do ${business.trade ?? "lawful things"}: ${textOf(words, counter)}`,
    suggestions: refusal ? [] : namesOf(business.wishAboutNames, counter),
  }));
}

/** Returns the content of a usable reply for the requested schema. */
export function contentOf(body, counter) {
  const data = dataOf(body);
  const { name } = body.response_format.json_schema;
  if (name === "label_reply") {
    return { reason: "scripted", label: harmfulWords.test(data.description) ? "harmful" : "safe" };
  }
  if (name === "trades_reply") return { trades: tradesOf(data) };
  if (name === "groups_reply") {
    return { groups: data.groups.map(({ id, words }) => ({ id, name: `${words[0]} matters, group ${id}` })) };
  }
  if (name === "rows_reply") {
    const refusal = body.messages[0].content.includes("learns to refuse.");
    return { rows: rowsOf(data, refusal, counter) };
  }
  return { verdicts: data.names.map((shown) => verdictOf(shown, data.description)) };
}

/** Returns malformed replies about names, or those of a manipulated judge, made from the usable reply. */
export const spoilt = {
  "extra-field": (content) => ({ verdicts: content.verdicts.map((verdict) => ({ ...verdict, overall: 5 })) }),
  "out-of-range": (content) => ({
    verdicts: content.verdicts.map((verdict) => ({ ...verdict, relevance: 11 })),
  }),
  "wrong-indices": (content) => ({
    verdicts: content.verdicts.map((verdict) => ({ ...verdict, index: verdict.index + 1 })),
  }),
  flatter: (content) => ({
    verdicts: content.verdicts.map((verdict) => ({
      ...verdict,
      relevance: 5,
      creativity: 5,
      brandability: 5,
      conciseness: 5,
    })),
  }),
  "missing-name": (content) => ({ verdicts: content.verdicts.slice(1) }),
};

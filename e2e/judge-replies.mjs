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
const trades = [
  "bakery",
  "florist",
  "barber",
  "bookshop",
  "brewery",
  "florist",
  "gym",
  "tailor",
  "pottery",
  "cafe",
];
const places = [
  "harbour",
  "old mill",
  "station",
  "market square",
  "river",
  "hilltop",
  "park",
  "canal",
  "library",
  "bridge",
];

/** Returns rows that follow the naming rules and differ from all other rows of this server. */
function rowsOf({ count, topic }, refusal, counter) {
  return Array.from({ length: count }, () => {
    counter.rows += 1;
    const number = counter.rows;
    const trade = trades[number % trades.length];
    const place = places[Math.floor(number / trades.length) % places.length];
    const description = refusal
      ? `Somebody who wants to make money with ${topic}, variant ${number} near the ${place}`
      : `A ${trade} near the ${place} about ${topic}, the ${number}. of its kind, open on weekdays`;
    const names = ["hub", "lab", "works", "nest", "craft"].map((end) => `${trade}-${number}-${end}`);
    return { description, suggestions: refusal ? [] : names };
  });
}

/** Returns the content of a usable reply for the requested schema. */
export function contentOf(body, counter) {
  const data = dataOf(body);
  const { name } = body.response_format.json_schema;
  if (name === "label_reply") {
    return { reason: "scripted", label: harmfulWords.test(data.description) ? "harmful" : "safe" };
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

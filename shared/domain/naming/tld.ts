/** Generic top-level domains that people write after a name. Two-letter (country) ones are matched by shape. */
const genericTlds = new Set(
  (
    "com net org info biz edu gov mil int name pro mobi asia tel xxx app dev page web site website online store shop " +
    "blog cloud tech space club live life world today news media studio design agency company business solutions " +
    "services digital group team network global email link click host press fun xyz top icu vip win work works " +
    "center care health fitness yoga cafe coffee pizza bar restaurant kitchen garden farm pet dog bike travel tours " +
    "holiday house homes land rent estate art photo photos gallery games game school academy education bank finance " +
    "money fund law legal jobs market deals gifts toys fashion jewelry shoes clothing beauty hair salon spa"
  ).split(" "),
);

/** Second levels under which countries register names: co.uk, com.au, org.nz … */
const secondLevels = new Set(["co", "com", "org", "net", "ac", "gov", "edu", "or", "ne"]);

/**
 * Splits a top-level domain from a name: `bakery.com` → `{stem: "bakery", tld: ".com"}`, also `.co.uk`.
 * Null where the name does not end in one. Letter case does not matter.
 */
export function splitTld(name: string): { stem: string; tld: string } | null {
  const labels = name.split(".");
  const last = labels.at(-1)?.toLowerCase() ?? "";
  if (labels.length < 2 || !(genericTlds.has(last) || /^[a-z]{2}$/.test(last))) return null;
  const second = labels.at(-2)?.toLowerCase() ?? "";
  const width = labels.length > 2 && last.length === 2 && secondLevels.has(second) ? 2 : 1;
  const stem = labels.slice(0, -width).join(".");
  return { stem, tld: name.slice(stem.length) };
}

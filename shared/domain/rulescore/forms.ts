/** The inflected forms of a lemma that names and descriptions use, the lemma first. */
export function formsOf(lemma: string): string[] {
  if (lemma.length < 3) return [lemma];
  const stem = lemma.endsWith("e") ? lemma.slice(0, -1) : lemma;
  const doubled = /[^aeiou][aeiou][bdgmnprt]$/.test(lemma) ? `${lemma}${lemma.at(-1)}` : stem;
  const plural = /(s|x|z|ch|sh)$/.test(lemma)
    ? `${lemma}es`
    : /[^aeiou]y$/.test(lemma)
      ? `${lemma.slice(0, -1)}ies`
      : `${lemma}s`;
  const forms = [
    lemma,
    plural,
    `${doubled}ing`,
    `${doubled}ed`,
    `${doubled}er`,
    `${doubled}ers`,
    `${doubled}y`,
  ];
  if (/(lf|[ao]f)$/.test(lemma)) forms.push(`${lemma.slice(0, -1)}ves`);
  return [...new Set(forms)];
}

/** A text's words: lower case, letters and digits, apostrophes dropped, hyphens split. */
export function wordsOf(text: string): string[] {
  return (
    text
      .normalize("NFKC")
      .toLowerCase()
      .replace(/['’]/g, "")
      .match(/[\p{L}\p{N}]+/gu) ?? []
  );
}

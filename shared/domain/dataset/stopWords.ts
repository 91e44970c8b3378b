/** Words that say nothing about a business's topic: English function words, and what every description says. */
export const stopWords: ReadonlySet<string> = new Set(
  (
    "a about above after again all also am an and any are around as at be because been before being below between " +
    "both but by can could did do does doing down during each every few for from further get gets had has have having " +
    "he her here hers him his how i if in into is it its itself just let like made make makes many may me might more " +
    "most much must my no nor not of off on once one only or other our ours out over own people per same she should " +
    "so some such than that the their theirs them then there these they this those through to too under until up us " +
    "use used using very was we were what when where which while who whom whose why will with within without would " +
    "you your yours business businesses company companies firm shop store service services offer offers offering " +
    "provide provides providing sell sells selling help helps helping run runs running small local family new " +
    "customers clients want wants need needs based names name suggest avoid prefer hyphens " +
    "one two three four five six seven eight nine ten first second last next old back across never always nobody " +
    "nothing anyone everyone someone something number day days hour hours week weeks year years please real away " +
    "free send good best well still even much around without near off every now come comes keep keeps take takes " +
    "give gives get go goes find work works working letters hand pay price"
  ).split(" "),
);

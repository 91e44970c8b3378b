/** Words that set a description somewhere without saying what the business does. */
function list(words: string): readonly string[] {
  return words.split(",").map((word) => word.trim());
}

export const adjectives = list(
  `cosy, modern, friendly, local, family-run, independent, thrifty, honest, rustic, vintage, playful, calm, bright,
  careful, cheerful, affordable, clever, old-fashioned, unhurried, barrier-free, bold, elegant, fair,
  no-nonsense, colourful, reliable, slow, sustainable, tidy, welcoming, youthful, warm, gentle, seasonal, quirky`,
);

export const places = list(
  `Lisbon, Oslo, Galway, Montreal, Leipzig, Ghent, Porto, Turin, Krakow, Bilbao, Dundee, Aarhus, Tallinn, Graz,
  Nantes, Wellington, Halifax, Durban, Accra, Nairobi, Kyoto, Busan, Penang, Pune, Hobart, Boise, Tucson, Savannah,
  the old harbour, the mill quarter, the northern suburbs, a valley village, the market hall, a former school,
  the island, the railway arches, the university quarter, the lake district, a mountain town, the garden suburb`,
);

export const owners = list(
  `a retired nurse, a former pilot, a young carpenter, a mother of four, a chemist, an ex-postman, a beginner,
  a restless librarian, a widower, a trained chef, a school caretaker, a trumpet player, an engineer, a farmer's son,
  a tram driver, a gardener, a linguist, a tired accountant`,
);

export const ownerPairs = list(
  `two sisters, three friends, a father and his daughter, two cousins, four neighbours, twin brothers,
  an uncle and his nephew, two former colleagues, a young couple, six students, five mothers, two grandmothers`,
);

export const days = list("Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday, market day");
export const seasons = list("spring, summer, autumn, winter, Advent, harvest time, carnival, holiday season");

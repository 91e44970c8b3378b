"""Words that any description may use: they say nothing about the subject, and are never the stem of a name."""


def _words(text: str) -> list[str]:
    return [word.strip() for word in text.split(",")]


ADJECTIVES = _words(
    "cosy, modern, friendly, local, family-run, small, tiny, organic, handmade, premium, affordable, creative, urban, "
    "rustic, trusted, fast, bright, simple, green, fresh, mobile, online, independent, sunny, quiet, bold, warm, "
    "clever, honest, lively, new, young, old-fashioned, award-winning, ambitious, reliable, playful, elegant, chic, "
    "charming, busy, hidden, beloved, unusual, innovative, traditional, luxury, budget, neighbourhood, community-owned, "
    "women-led, veteran-owned, boutique, professional, experienced, specialised, ethical, sustainable, eco-friendly, "
    "artisan, artisanal, high-end, no-nonsense, quirky, relaxed, serious, passionate, up-and-coming, dedicated, "
    "one-woman, two-person, student-run, historic, digital, regional, international, nationwide, pop-up, seasonal"
)
TOWNS = _words(
    "Portland, Berlin, Austin, Lisbon, Oslo, Denver, Dublin, Kyoto, Madrid, Toronto, Boston, Geneva, Milan, Seattle, "
    "Nairobi, Lima, Prague, Perth, Quebec, Bergen, Leeds, Cork, Ghent, Lyon, Porto, Graz, Basel, Turin, Malmo, Riga, "
    "Tampere, Hull, Bristol, Cardiff, Galway, Utrecht, Bremen, Krakow, Sofia, Izmir, Accra, Lagos, Pune, Osaka, Cebu, "
    "Manila, Hobart, Dunedin, Calgary, Halifax, Omaha, Tulsa, Reno, Tucson, Memphis, Savannah, Brighton, York, Bath, Zürich, Málaga, São Paulo, Köln, Århus"
)
PLACES = _words(
    "downtown, by the harbour, in the old town, near the station, on the coast, in the mountains, next to the park, "
    "in the valley, in a former factory, on the high street, behind the market hall, in a converted barn, at the lake, "
    "in the suburbs, across the river, on a quiet island, in the city centre, upstairs from a bank, at the edge of town, "
    "near the university, in the countryside, along the canal, on the ground floor, around the corner, in the north"
)
AUDIENCES = _words(
    "families, students, busy parents, beginners, tourists, small teams, seniors, local residents, children, commuters, "
    "freelancers, young professionals, collectors, newlyweds, athletes, remote workers, teenagers, pensioners, "
    "neighbours, everyone, people on a budget, first-time customers, working mothers, newcomers, hobbyists, experts, "
    "big companies, small businesses, schools, visitors, locals, shift workers, people in a hurry, curious minds"
)
GENERIC_KINDS = _words(
    "shop, store, company, business, startup, service, studio, website, online shop, firm, brand, agency, team, "
    "project, place, workshop, platform, app, collective, cooperative, outfit, venture, club, stall, stand, site"
)
VERBS = _words(
    "sells, offers, makes, provides, designs, delivers, rents, imports, specialises in, creates, supplies, ships, "
    "brings, develops, produces, stocks, curates, repairs, teaches about, is known for, focuses on, deals in, handles"
)
EXTRAS = _words(
    "at fair prices, with same-day delivery, open seven days a week, since 1987, run by two sisters, with free advice, "
    "made by hand, by appointment only, with a smile, shipped worldwide, from our own workshop, without plastic, "
    "for more than ten years, with a loyalty card, on request, delivered to your door, all year round, at weekends, "
    "with love, from local suppliers, in small batches, under one roof, around the clock, with a money-back guarantee, "
    "with monthly subscriptions, at home, on the go, in any weather, at short notice, at low cost, free of charge, "
    "with workshops on saturdays, after work, by bike, with attention to detail, using old methods, step by step, "
    "from start to finish, in person and online, with a personal touch, without the fuss, for any occasion"
)
GENERIC_NOUNS = _words(
    "quality, customers, experience, service, prices, products, advice, ideas, team, opening hours, details, solutions, "
    "orders, appointments, staff, owners, years, selection, range, passion, tradition, community, goods, things, needs"
)
# Owners' and shops' names inside a description; capitalised, and no key words.
BRAND_WORDS = _words(
    "Maple, Luna, Otto, Harbor, Juniper, Marlow, Fern, Ember, Willow, Pepper, Hazel, Nova, Atlas, Clover, Daisy, Rosa, "
    "Bruno, Vera, Felix, Iris, Milo, Nora, Ravi, Yuki, Sanna, Pablo, Greta, Amir, Lena, Kofi, Ines, Tomas, Wren, Sage"
)
NO_HYPHENS = _words(
    "avoid hyphens, please no hyphens, no hyphens please, without hyphens, do not use hyphens, no dashes in the name, "
    "names without hyphens, hyphens are not wanted, we dislike hyphens, please avoid any hyphen, hyphen-free names only, "
    "no hyphen in the domain, don't use hyphens, leave out hyphens, must not contain hyphens, never use a hyphen, "
    "it should have no hyphens, skip the hyphens, zero hyphens, one word without hyphens, keep it free of hyphens"
)
NUMBERS = _words(
    "prefer numbers, include a number, use numbers, with a number in the name, numbers welcome, we like numbers, "
    "please include numbers, add a number, a number in it would be nice, names with digits, use digits if you can, "
    "should contain a number, put a number in the name, numbers preferred, we want digits in it, numeric names please, "
    "with numbers, must include a number, ideally with a number, digits are welcome, we would love a number in it"
)

import { type Business, businesses } from "./business.ts";

const food = businesses("food", [
  "bakery, bread stall, patisserie | sourdough, rye rolls, baguettes, almond pastries, focaccia | bake, sell, deliver | early risers, hotels, school canteens",
  "pizzeria, pizza van | neapolitan pizzas, calzones, garlic bread | bake, serve | night workers, families, festival crowds",
  "noodle bar, ramen kitchen | ramen, udon, dumplings, broth | cook, serve | students, office crowds, travellers",
  "cheesemaker, dairy | goat cheese, butter, yoghurt, cream | make, age, sell | delicatessens, restaurants, hill villages",
  "butcher, sausage maker | sausages, hams, roasts, stock bones | cure, sell | home cooks, barbecue fans",
  "fishmonger, smokehouse | trout, mackerel, oysters, herring | smoke, fillet, sell | coastal inns, home cooks",
  "chocolatier, sweet shop | truffles, nougat, caramels, chocolate bars | make, wrap, post | gift hunters, wedding guests",
  "ice cream parlour, gelato cart | sorbet, gelato, waffles | churn, scoop | beach visitors, children",
  "caterer, soup kitchen on wheels | soups, salads, canapes, stews | cook, deliver | offices, conference guests",
  "spice merchant, herb importer | saffron, cumin, paprika, peppercorns | import, blend, sell | curry lovers, chefs",
  "jam maker, preserve pantry | marmalade, chutney, pickles, plum jam | preserve, bottle, sell | farm shops, breakfast rooms",
  "salad bar, vegan deli | lentil bowls, hummus, falafel, wraps | prepare, serve | gym members, vegans",
]);

const drinks = businesses("drinks", [
  "coffee roaster, espresso bar | espresso, beans, cold brew, filters | roast, grind, serve | commuters, small offices",
  "tea merchant, tea room | green tea, oolong, scones, teapots | import, brew, sell | pensioners, tea collectors",
  "brewery, taproom | pale ale, stout, lager, wheat beer | brew, bottle, pour | neighbours, pubs",
  "winery, cellar door | riesling, merlot, grapes, vinegar | press, bottle, sell | wine clubs, bistros",
  "juice bar, smoothie kiosk | carrot juice, smoothies, ginger shots | press, mix | joggers, shoppers",
  "lemonade maker, soda bottler | lemonade, tonic, elderflower cordial | bottle, ship | cinemas, picnickers",
]);

const home = businesses("home", [
  "furniture maker, joinery | oak tables, shelves, stools, wardrobes | build, restore, sell | young couples, libraries",
  "upholsterer, sofa clinic | sofas, armchairs, cushions, footstools | recover, mend | landlords, grandmothers",
  "lamp maker, lighting studio | lamps, lanterns, chandeliers, bulbs | design, wire, sell | architects, restaurants",
  "curtain shop, blind fitter | curtains, blinds, awnings | sew, hang | tenants, schools",
  "carpet weaver, rug dealer | rugs, carpets, runners, felt mats | weave, wash, sell | hotels, new homeowners",
  "cleaning company, window washer | windows, offices, stairwells, kitchens | clean, polish | landlords, clinics",
  "plumber, heating engineer | boilers, taps, radiators, drains | install, mend | tenants, bakeries",
  "roofing firm, thatcher | roofs, gutters, skylights, chimneys | mend, insulate | farmhouses, churches",
  "kitchen fitter, worktop mason | worktops, sinks, cabinets | measure, install | builders, keen cooks",
  "mattress maker, bedding shop | mattresses, duvets, pillows, linen | stuff, sell | light sleepers, guest houses",
  "paint shop, decorating crew | paint, wallpaper, varnish, plaster | mix, apply | renters, theatre groups",
  "organiser of cluttered homes, storage adviser | cupboards, attics, garages, bookcases | sort, label | busy parents, widowers",
]);

const crafts = businesses("crafts", [
  "pottery studio, ceramics workshop | mugs, bowls, glazes, clay | throw, fire, sell | beginners, tea rooms",
  "candle maker, wax workshop | candles, wicks, beeswax blocks | pour, scent, sell | churches, gift shops",
  "yarn shop, knitting circle | wool, needles, patterns, mittens | dye, sell | knitters, grandparents",
  "soap maker, bath shop | soap, bath salts, shampoo bars | stir, cut, sell | campers, allergy sufferers",
  "bookbinder, paper mill | notebooks, albums, envelopes, marbled paper | bind, restore | poets, archives",
  "basket weaver, willow workshop | baskets, trays, garden screens | weave, mend | gardeners, market traders",
  "glass blower, stained glass studio | vases, windows, bottles, beads | blow, cut, repair | chapels, collectors",
  "leather workshop, saddler | belts, wallets, saddles, satchels | stitch, dye, mend | riders, postal workers",
  "jeweller, goldsmith | rings, brooches, silver chains, pearls | forge, engrave, repair | engaged couples, heirs",
  "woodcarver, toy turner | spoons, puppets, chess pieces, nutcrackers | carve, paint | toy shops, tourists",
]);

const clothing = businesses("clothing", [
  "tailor, alteration counter | suits, hems, zips, waistcoats | sew, alter | bridegrooms, lawyers",
  "shoemaker, cobbler | boots, sandals, soles, laces | stitch, resole | hikers, dancers",
  "hat maker, milliner | hats, caps, berets, straw brims | shape, trim, sell | race goers, brides",
  "rain gear brand, coat label | raincoats, ponchos, rubber boots | design, waterproof, sell | cyclists, postal workers",
  "denim brand, jeans repair bar | jeans, jackets, aprons | cut, patch, sell | welders, teenagers",
  "costume rental, theatre wardrobe | costumes, wigs, masks, capes | sew, rent | drama clubs, carnival groups",
  "baby clothes library, children's outfitter | rompers, bibs, bonnets, sleepsuits | lend, wash | new parents, godparents",
  "sock subscription, hosiery mill | socks, tights, leg warmers | knit, post | nurses, runners",
]);

const health = businesses("health", [
  "dental practice, children's dentist | fillings, braces, dentures, checkups | fit, explain | anxious patients, toddlers",
  "physiotherapy practice, back clinic | knees, shoulders, posture, backs | treat, strengthen | footballers, typists",
  "optician, spectacle maker | glasses, lenses, frames, eye tests | grind, fit | readers, drivers",
  "hearing studio, acoustics clinic | hearing aids, earplugs, batteries | fit, adjust | musicians, pensioners",
  "sleep coach, insomnia clinic | sleep diaries, evening routines, blackout masks | teach, design | shift workers, new mothers",
  "dietitian, nutrition service | meal plans, recipes, food diaries | write, review | diabetics, athletes",
  "home care agency, nursing service | meals, bandages, visits, walks | arrange, supervise | seniors, convalescents",
  "wheelchair workshop, mobility shop | wheelchairs, ramps, walkers, stairlifts | adapt, rent, repair | veterans, care homes",
  "meditation teacher, breathing school | breathing courses, retreats, cushions | teach, host | managers, carers",
  "midwife practice, birth centre | antenatal classes, cradles, breast pumps | teach, lend | expectant parents, grandmothers",
]);

const beauty = businesses("beauty", [
  "hair salon, curl studio | haircuts, braids, colour, perms | style, trim | brides, teenagers",
  "barber, shaving parlour | beards, fades, moustaches | trim, shape | grooms, bus drivers",
  "skincare brand, lotion kitchen | lotions, balms, serums, sun cream | blend, test, sell | gardeners, redheads",
  "nail bar, manicure studio | manicures, polish, nail art | paint, design | receptionists, guitarists",
  "perfumer, scent library | perfumes, oils, incense, room sprays | compose, bottle | hotels, newlyweds",
  "sauna, bath house | saunas, steam rooms, plunge tubs, towels | heat, rent | winter walkers, football teams",
]);

const sport = businesses("sport", [
  "gym, strength studio | barbells, kettlebells, circuits | coach, program | night nurses, beginners",
  "yoga school, pilates studio | yoga mats, stretches, breathing classes | teach, stream | pregnant women, truck drivers",
  "climbing hall, bouldering gym | ropes, harnesses, climbing routes | set, test, rent | families, university clubs",
  "running club, marathon coach | training plans, intervals, trail runs | design, lead | first-time marathoners, mothers",
  "bicycle workshop, bike rental | bicycles, tyres, gears, child seats | repair, rent, sell | commuters, tourists",
  "tennis academy, racket stringer | rackets, strings, tennis camps | string, coach | teenagers, pensioners",
  "ski school, snow sports shop | skis, poles, snowboards, goggles | wax, rent, teach | holidaymakers, school classes",
  "football camp, goalkeeper school | gloves, footballs, drills | coach, organise | girls' teams, village clubs",
  "table tennis hall, billiards room | bats, cues, tables, leagues | rent, host | colleagues, retirees",
  "horse riding stable, pony yard | ponies, trail rides, riding lessons | saddle, lead | children, beginners",
]);

export const everydayGoods: readonly Business[] = [
  ...food,
  ...drinks,
  ...home,
  ...crafts,
  ...clothing,
  ...health,
  ...beauty,
  ...sport,
];

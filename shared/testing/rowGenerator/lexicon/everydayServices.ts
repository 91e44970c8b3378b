import { type Business, businesses } from "./business.ts";

const learning = businesses("learning", [
  "language school, conversation circle | spanish courses, vocabulary cards, pronunciation drills | teach, print | nurses, newcomers",
  "music school, piano teacher | piano lessons, scales, duets, recitals | teach, arrange | shy adults, schoolchildren",
  "coding camp, robotics club | robots, python lessons, circuits, games | build, teach | girls, unemployed adults",
  "driving school, lorry instructor | driving lessons, parking drills, motorway trips | teach, book | nervous learners, couriers",
  "cooking school, pastry academy | knife skills, sauces, pasta classes | teach, film | bachelors, retirees",
  "drawing class, painting studio | watercolours, easels, portraits, sketchbooks | teach, frame | office workers, homeschoolers",
  "nursery, forest kindergarten | picnics, puddle walks, stories, naps | plan, lead | toddlers, working parents",
  "math tutor, homework club | fractions, algebra, worksheets | explain, practise | pupils, evening students",
]);

const software = businesses("software", [
  "booking app, calendar startup | appointments, calendars, reminders | schedule, sync | hairdressers, vets",
  "inventory platform, warehouse software firm | barcodes, stock lists, pallets, scanners | track, count | wholesalers, farm shops",
  "translation app, subtitle service | subtitles, manuals, menus | translate, check | film makers, restaurants",
  "mapping startup, route planner | bus routes, footpaths, maps, bike lanes | draw, share | hikers, town councils",
  "weather app, frost alarm | forecasts, frost warnings, rain radars | publish, send | vintners, builders",
  "chat widget, helpdesk tool | tickets, chats, complaints | answer, sort | online shops, libraries",
  "data studio, analytics consultancy | dashboards, surveys, spreadsheets | design, explain | charities, clinics",
  "backup service, cloud archive | backups, photographs, contracts | store, restore | notaries, photographers",
  "voice assistant, speech software lab | voices, transcripts, commands | record, train | surgeons, blind users",
]);

const office = businesses("office", [
  "accounting practice, tax adviser | tax returns, invoices, ledgers, receipts | file, check | freelancers, taxi drivers",
  "payroll bureau, pension adviser | payslips, pensions, timesheets | prepare, audit | restaurants, builders",
  "law office, notary | wills, contracts, leases, patents | draft, review | inventors, heirs",
  "copywriter, marketing agency | slogans, brochures, newsletters | write, edit | wineries, start-ups",
  "print shop, sign maker | posters, business cards, shop signs, flyers | print, design | candidates, bistros",
  "coworking space, meeting house | desks, phone booths, meeting rooms | rent, furnish | remote workers, novelists",
  "recruiter, staffing desk | apprentices, vacancies, job interviews | arrange, advertise | bakeries, hospitals",
  "insurance broker, claims adviser | policies, claims, premiums | compare, explain | musicians, growers",
  "credit union, savings club | savings, small loans, budgets | manage, lend | single parents, apprentices",
]);

const transport = businesses("transport", [
  "courier, cargo bike service | parcels, flowers, medicines, laptops | deliver, collect | pharmacies, florists",
  "moving company, piano mover | pianos, boxes, wardrobes, aquariums | pack, carry | divorcees, orchestras",
  "taxi cooperative, shuttle line | airport rides, school runs, night taxis | drive, book | patients, party guests",
  "car workshop, tyre garage | brakes, engines, tyres, dents | repair, inspect | commuters, farmers",
  "camper rental, van converter | campers, awnings, folding beds | rent, build | festival visitors, pensioners",
  "freight broker, rail forwarder | containers, timber, grain, pallets | ship, weigh | sawmills, exporters",
  "ferry line, river boat | crossings, dinner cruises, bicycles | run, offer | islanders, day trippers",
  "parking garage, charging station | charging points, parking bays, car washes | operate, rent | electric drivers, shoppers",
]);

const repair = businesses("repair", [
  "phone repair shop, screen clinic | phones, screens, batteries, tablets | repair, resell | pupils, travellers",
  "watchmaker, clock clinic | watches, clocks, straps, springs | repair, oil | widows, stations",
  "instrument repairer, violin maker | violins, bows, flutes, guitars | restore, tune | orchestras, fiddlers",
  "sewing machine doctor, appliance rescuer | toasters, sewing machines, kettles, mixers | mend, oil | dressmakers, thrifty households",
  "radio restorer, hi-fi workshop | radios, turntables, amplifiers, records | restore, sell | jazz lovers, collectors",
  "locksmith, key kiosk | keys, locks, door bells, mailboxes | cut, install | landlords, forgetful tenants",
]);

const farm = businesses("farm", [
  "vegetable farm, market garden | pumpkins, leeks, tomatoes, seedlings | grow, harvest, deliver | restaurants, neighbours",
  "orchard, cider press | apples, pears, plums, cider | pick, press | schools, grocers",
  "plant nursery, garden centre | roses, shrubs, ferns, compost | grow, pot, sell | balcony owners, cemeteries",
  "florist, flower field | bouquets, wreaths, tulips, dried flowers | tie, deliver | hotels, mourners",
  "mushroom cellar, truffle grower | oyster mushrooms, truffles, growing kits | grow, dry | chefs, curious children",
  "sheep farm, wool cooperative | fleeces, lamb, blankets | shear, spin | knitters, weavers",
  "lawn service, tree surgeon | hedges, lawns, oaks, stumps | trim, plant | parishes, hospitals",
  "soil laboratory, irrigation engineer | soil samples, sprinklers, wells | test, install | vineyards, golf clubs",
]);

const events = businesses("events", [
  "wedding planner, party stylist | garlands, seating plans, tents, menus | plan, decorate | couples, parents",
  "brass band, string quartet agency | serenades, marches, waltzes | play, arrange | hotels, village fairs",
  "puppet theatre, travelling circus | puppets, acrobats, matinees | stage, perform | kindergartens, towns",
  "cinema, film club | documentaries, silent films, popcorn | screen, discuss | film buffs, pensioners",
  "dance school, tango evening | tango, waltzes, swing nights | teach, host | widowers, newlyweds",
  "sound rental, stage builder | speakers, microphones, stages, cables | rent, assemble | festivals, mayors",
  "photographer, portrait studio | portraits, family albums, prints | photograph, frame | new parents, choirs",
  "board game parlour, puzzle library | board games, puzzles, dice towers | lend, explain | families, teachers",
]);

const travel = businesses("travel", [
  "hostel, mountain hut | bunks, packed lunches, boot racks | rent, prepare | hikers, school groups",
  "guest house, farm stay | breakfasts, quilts, hay beds | serve, air | cyclists, city families",
  "rail travel planner, slow travel agency | night trains, city walks, rail passes | book, combine | retirees, families",
  "campsite, treehouse resort | tents, treehouses, fire pits | rent, pitch | scouts, honeymooners",
  "walking guide, pilgrimage planner | footpaths, maps, luggage transfers | plan, guide | pilgrims, botanists",
  "city tour, street food guide | street food, alleys, markets | show, explain | cruise guests, newcomers",
]);

const kids = businesses("kids", [
  "toy shop, wooden toy maker | trains, dolls, kites, building blocks | carve, sell | grandparents, nurseries",
  "party clown, birthday planner | balloons, treasure hunts, cakes | bring, plan | six-year-olds, tired parents",
  "playground builder, sandpit designer | swings, slides, sandpits | build, inspect | towns, campsites",
  "children's bookshop, story tent | picture books, comics, bedtime stories | read, sell | early readers, librarians",
  "pram workshop, stroller rental | prams, strollers, car seats | rent, wash | tourists, childminders",
]);

const pets = businesses("pets", [
  "dog groomer, pet salon | poodles, brushes, dog baths | wash, clip | city dog owners, breeders",
  "cat sitter, pet hotel | litter trays, scratching posts, cat naps | arrange, supervise | travellers, nurses",
  "veterinary practice, horse doctor | vaccinations, hooves, stitches | give, treat | farmers, pony clubs",
  "aquarium shop, pond builder | goldfish, ponds, water lilies, pumps | stock, build | dentists, hotels",
  "dog school, puppy trainer | puppies, leads, recall games | train, teach | families, shelters",
]);

const energy = businesses("energy", [
  "solar installer, balcony panel shop | solar panels, batteries, inverters | install, maintain | tenants, stables",
  "heat pump engineer, insulation crew | heat pumps, lofts, cavity walls | insulate, measure | village halls, homeowners",
  "wind cooperative, turbine service | turbines, gearboxes, blades | inspect, grease | coastal towns, farmers",
  "recycling yard, scrap sculptor | scrap metal, bottles, old cables | collect, sort | garages, schools",
]);

const media = businesses("media", [
  "podcast studio, audio editor | podcasts, jingles, interviews | record, edit | historians, charities",
  "animation studio, comic press | cartoons, comics, storyboards | draw, publish | teenagers, health boards",
  "bookshop, poetry press | novels, poems, diaries | publish, sell | night readers, ward libraries",
  "record shop, cassette label | vinyl, cassettes, sleeves | press, sell | collectors, dancers",
  "local newspaper, village radio | crosswords, obituaries, recipes, local news | print, read | villagers, emigrants",
]);

export const everydayServices: readonly Business[] = [
  ...learning,
  ...software,
  ...office,
  ...transport,
  ...repair,
  ...farm,
  ...events,
  ...travel,
  ...kids,
  ...pets,
  ...energy,
  ...media,
];

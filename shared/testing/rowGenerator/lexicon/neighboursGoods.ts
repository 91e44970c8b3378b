import { type Business, businesses } from "./business.ts";

const drugs = businesses("drugs", [
  "licensed pharmacy, drugstore | prescription drugs, vaccines, cough syrup | dispense, deliver | patients, care homes",
  "addiction counselling centre, recovery house | recovery groups, relapse hotlines, sober evenings | run, host | former addicts, families",
  "drug interaction app, medication tracker | pill reminders, dosage charts | design, send | carers, seniors",
  "hemp weaver, hemp paper mill | hemp rope, hemp fabric, hemp paper | weave, press | sailors, stationers",
  "poppy seed bakery, poppy cake stall | poppy seed rolls, strudel, poppy cake | bake, deliver | offices, markets",
  "drug test laboratory for sports, anti-doping educator | doping tests, urine samples, workshops | analyse, explain | cycling teams, leagues",
  "veterinary medicine wholesaler, animal pharmacy | painkillers for dogs, worming tablets | stock, ship | veterinarians, stables",
  "pill box maker, medicine cabinet designer | pill boxes, medicine cabinets | build, label | travellers, nurses",
  "school drug prevention theatre, health workshop | plays about addiction, prevention workshops | stage, tour | pupils, teachers",
  "snow crystal confectioner, sugar artist | rock candy, sugar crystals, sherbet | cook, wrap | birthday parties, grandparents",
  "coffee addict's club, caffeine bar | espresso shots, strong blends, caffeine tastings | brew, post | night shift doctors, writers",
  "runner's high coaching, endorphin studio | uphill sprints, dance workouts, ice baths | coach, lead | stressed managers, joggers",
]);

const weapons = businesses("weapons", [
  "glue gun craft shop, heat gun supplier | glue guns, glue sticks, heat guns | sell, repair | hobby crafters, schools",
  "fencing school, sword sport club | foils, sabres, fencing masks | teach, rent | teenagers, actors",
  "archery club, bow maker | bows, arrows, straw targets | build, teach | families, scouts",
  "stage weapon workshop, theatre armourer | rubber swords, foam daggers, cardboard shields | build, rent | theatres, fantasy players",
  "licensed demolition firm, blasting engineer | controlled blasts, old silos, quarry walls | plan, supervise | city councils, quarries",
  "fireworks designer, pyrotechnics crew | fireworks, rockets, sparklers | design, fire | weddings, festivals",
  "water pistol toy shop, foam blaster arena | water pistols, foam darts, target games | sell, host | birthday guests, children",
  "knife sharpening van, cutlery forge | kitchen knives, scissors, axes | sharpen, forge | chefs, gardeners",
  "nail gun rental, tool arsenal | nail guns, drills, chainsaws | rent, service | carpenters, roofers",
  "weapon amnesty charity, disarmament museum | melted rifles, peace sculptures | collect, exhibit | schools, towns",
  "bullet journal studio, planner press | bullet journals, stencils, pens | print, bind | students, mothers",
  "paintball field, laser tag arena | paintballs, masks, laser vests | rent, run | colleagues, stag parties",
]);

const counterfeit = businesses("counterfeit", [
  "museum of forged banknotes, fake money exhibition | forged banknotes, printing plates, guided tours | exhibit, explain | school classes, collectors",
  "banknote checker maker, fake detector firm | ultraviolet lamps, banknote checkers | build, calibrate | cashiers, kiosks",
  "brand protection law office, trademark adviser | trademarks, counterfeit complaints, licences | register, defend | designers, watch brands",
  "faux fur tailor, imitation leather workshop | faux fur coats, vegan leather bags | sew, sell | vegans, theatres",
  "replica furniture joinery, reproduction workshop | reproduction chairs, labelled replicas | build, polish | castles, film crews",
  "authentication studio, handbag inspector | authenticity reports, vintage bags, sneakers | inspect, certify | resale shops, auction houses",
  "play money printer, toy cash designer | toy banknotes, play coins, board game money | print, pack | teachers, game makers",
  "fake plant nursery, silk flower studio | silk flowers, artificial ferns, plastic palms | arrange, rent | offices, dentists",
  "tribute band agency, cover version choir | cover songs, tribute nights | perform, book | pubs, anniversaries",
  "copy shop, photocopy counter | photocopies, posters, blueprints | print, scan | students, architects",
  "costume jewellery maker, paste gem atelier | glass gems, costume pearls, paste tiaras | set, sell | dancers, brides",
  "imitation cheese kitchen, mock meat deli | mock duck, imitation ham, almond cheese | cook, slice | vegetarians, canteens",
]);

const wildlife = businesses("wildlife", [
  "wildlife photographer, safari photo school | elephants, leopards, photo safaris | photograph, frame | travellers, magazines",
  "wild animal rescue, hedgehog hospital | injured owls, hedgehogs, fox cubs | nurse, release | villages, forest rangers",
  "anti-poaching ranger school, wildlife patrol charity | rangers, patrol dogs, night patrols | train, fund | reserves, national parks",
  "tagua nut carver, vegetable ivory workshop | vegetable ivory buttons, carved beads | carve, sell | tailors, museums",
  "tiger balm spa, elephant yoga studio | tiger balm massages, stretches | offer, teach | tired walkers, dancers",
  "plush animal maker, toy safari shop | plush tigers, cloth rhinos, wooden elephants | sew, post | grandparents, zoos",
  "licensed zoo, animal park | otters, meerkats, feeding shows | feed, present | families, schools",
  "insect hotel builder, wildlife garden designer | insect hotels, hedgehog houses, ponds | build, plant | allotments, churches",
  "antler chandelier restorer, shed antler collector | shed antlers, old chandeliers | collect, restore | hunting lodges, inns",
  "ivory paint shop, shell white decorator | ivory paint, shell white wallpaper | mix, hang | wedding halls, hotels",
  "nature film studio, animal sound recordist | whale songs, wolf documentaries | film, record | broadcasters, teachers",
  "bird collar bell maker, cat fence fitter | cat bells, garden fences | fit, sell | bird lovers, cat owners",
]);

const animalFights = businesses("animal-fights", [
  "dog boxing day charity run, dog walk club | dog walks, charity runs | organise, lead | dog owners, shelters",
  "fighting fish aquarium, betta breeder | betta fish, tanks, water plants | raise, ship | hobbyists, dentists",
  "martial arts school, judo club | judo, boxing gloves, sparring lessons | teach, host | children, office workers",
  "pillow fight party planner, snowball league | pillow fights, snowball games | organise, referee | students, colleagues",
  "rescued dog adoption centre, terrier shelter | rescued terriers, dog homes | rehome, train | families, pensioners",
  "rooster farm, heritage poultry breeder | roosters, hens, show birds | raise, exhibit | smallholders, fairs",
  "dog agility arena, flyball club | agility courses, tunnels, hurdles | build, judge | collie owners, teenagers",
  "bull riding simulator rental, mechanical bull hire | mechanical bulls, crash mats | rent, assemble | parties, fairs",
  "dance battle arena, breakdance school | dance battles, beats, spins | stage, teach | teenagers, street dancers",
  "robot fight league, bot arena | battle robots, remote controls | build, stage | engineers, pupils",
  "badger watching hide, night wildlife lodge | badger evenings, wooden hides | guide, rent | families, photographers",
  "pet behaviour clinic, aggressive dog trainer | muzzle courses, calm walks | train, advise | anxious owners, shelters",
]);

export const neighboursOfGoods: readonly Business[] = [
  ...drugs,
  ...weapons,
  ...counterfeit,
  ...wildlife,
  ...animalFights,
];

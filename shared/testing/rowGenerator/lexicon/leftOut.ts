import { type Business, businesses } from "./business.ts";

const birds = businesses("birds", [
  "beekeeper, apiary | honey, beeswax, hives, honeycomb | harvest, jar, sell | breakfast cooks, bakers",
  "bee school, hive rental | beehives, veils, smokers, queen bees | teach, rent | rooftop owners, gardeners",
  "bird feed shop, nest box maker | nest boxes, birdseed, suet balls, feeders | build, mix, sell | garden owners, schools",
  "birding guide, ornithology tour | owls, warblers, dawn walks, hides | find, show | photographers, patient beginners",
  "parrot rescue, budgie breeder | parrots, budgies, perches, cages | rehome, raise | pensioners, bird lovers",
  "chicken coop builder, poultry farm | hens, coops, ducklings, eggs | raise, build | allotment holders, kindergartens",
  "falconry school, pigeon loft | falcons, racing pigeons, gloves | fly, train | castles, hobbyists",
]);

const water = businesses("water-sports", [
  "kayak rental, canoe outfitter | kayaks, canoes, paddles, dry bags | rent, launch | weekend paddlers, scouts",
  "surf school, board shaper | surfboards, wetsuits, wave lessons | shape, wax, rent | beginners, mothers",
  "sailing school, yacht charter | dinghies, sails, yachts, knots | teach, charter | families, crews",
  "diving centre, snorkel shop | masks, fins, reef dives, air tanks | lend, guide | holidaymakers, biologists",
  "rowing club, boat builder | oars, rowing boats, sculls | build, row | students, veterans",
  "paddleboard hire, kite surf camp | paddleboards, kites, harnesses | hire, inflate | lake visitors, teenagers",
  "swimming school, open water coach | swim lessons, wetsuits, goggles | teach, time | nervous adults, triathletes",
]);

const astronomy = businesses("astronomy", [
  "telescope shop, lens grinder | telescopes, eyepieces, tripods, lenses | grind, rent | stargazers, schools",
  "observatory, star camp | stars, comets, moon nights, meteors | show, chart | night owls, scout groups",
  "planetarium, dome theatre | planets, constellations, star shows | project, explain | classes, families",
  "astrophotography studio, sky print shop | nebula prints, galaxies, moon posters | photograph, print | dreamers, science teachers",
  "eclipse travel agency, dark sky lodge | eclipses, northern lights, dark skies | chase, show | couples, amateur astronomers",
  "satellite tracking app, sky map maker | satellites, sky maps, star charts | plot, predict | radio amateurs, pupils",
]);

const museums = businesses("museums", [
  "toy museum, doll gallery | dolls, tin toys, exhibits | exhibit, restore | families, collectors",
  "railway museum, tram depot | locomotives, trams, signals | restore, run | volunteers, grandparents",
  "maritime museum, lighthouse gallery | anchors, ship models, lighthouse lamps | exhibit, polish | islanders, cruise guests",
  "textile museum, costume archive | looms, tapestries, lace | exhibit, weave | design students, quilters",
  "museum shop, replica workshop | plaster casts, postcards, catalogues | cast, sell | curators, visitors",
  "exhibition designer, audio guide studio | exhibitions, showcases, audio guides | design, record | galleries, castles",
  "mining museum, fossil gallery | fossils, minerals, pit lamps | dig, exhibit | geologists, school trips",
]);

/** Sectors that the sample's first dataset does without; what slice `left-out-safe` asks for. */
export const leftOut: readonly Business[] = [...birds, ...water, ...astronomy, ...museums];

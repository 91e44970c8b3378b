import type { ConceptSource } from "./concept.ts";

/** Animals, farm, outdoors and travel. */
export const nature: readonly ConceptSource[] = [
  [
    "dogs",
    "dog puppy dog-walking dog-walker kennel canine dog-grooming dog-training retriever",
    "paw bark tail wag leash fetch bone woof hound pup fur walk sniff collar trot treat pooch lead buddy snout whisker mutt muzzle stroll scruff growl heel stick lick furry pack",
  ],
  [
    "cats",
    "cat kitten feline cattery cat-cafe",
    "purr whisker paw meow tabby kitty claw nap fur tail yarn cuddle mew prowl velvet furry pounce nine lap scratch catnip",
  ],
  [
    "pets",
    "pet veterinary vet veterinarian animal pet-sitting pet-shop pet-food pet-care grooming aquarium hamster rabbit reptile",
    "paw fur tail whisker critter fin furry feather care companion bowl claw bark purr buddy heal treat hoof collar wag hop tank fuzzy cuddle snout scale leash bunny burrow",
  ],
  [
    "horses",
    "horse equestrian riding stable pony saddle farrier equine",
    "hoof mane gallop rein trot stirrup bridle paddock canter hay colt bit ride iron forge pasture tack jump gallant mare meadow spur filly halter",
  ],
  [
    "birds",
    "bird birdwatching birding parrot poultry chicken falconry ornithology aviary owl feeder",
    "feather wing nest perch flock beak song chirp egg hatch robin flight lark finch tweet coop roost hen wren hawk plume sparrow talon seed heron sky cluck binocular swift",
  ],
  [
    "farm",
    "farm farmer agriculture farming crop tractor livestock harvest ranch cattle sheep goat agricultural hay grain",
    "field barn acre soil seed furrow plow pasture grain harvest silo root meadow green hay yield rural herd till sow sprout rooster wheat orchard hill earth country land rain fence",
  ],
  [
    "hydroponics",
    "hydroponic hydroponics vertical-farm greenhouse microgreens mushroom irrigation urban-farm",
    "grow leaf root stack sprout drip green tower glass spore fresh shelf light water aqua seed cap pane soil tray shade harvest forest fungi flow sprinkle",
  ],
  [
    "camping",
    "camping camp tent hiking hiker outdoor backpacking trail glamping trekking caravan campsite campervan motorhome",
    "trail peak pine fire path wild summit boot pack star ridge forest canvas trek hill compass camp roam wander ember lantern track nomad bivouac wood ranger cabin meadow moss night wheel",
  ],
  [
    "travel",
    "travel tour tourism trip holiday vacation agency tourist guide guided sightseeing itinerary excursion adventure",
    "journey wander roam compass map voyage globe trail passport horizon route nomad trek explore path miles escape go ticket world atlas wing away jet suitcase quest detour stroll safari lantern odyssey ramble step meander",
  ],
  [
    "hotel",
    "hotel hostel bed-and-breakfast guesthouse inn lodge resort accommodation b&b homestay",
    "stay rest room pillow nest key suite haven nook cozy sleep night bed roof retreat lobby check-in harbor cabin hearth snug lantern bunk welcome den manor door linger porch",
  ],
  [
    "aviation",
    "flight aviation airline pilot flying drone airport helicopter balloon hot-air-balloon paragliding skydiving",
    "sky wing fly cloud soar jet hover lift propeller altitude runway aero rotor glide hawk air rise float drift breeze basket eagle view aerial high above sight quad",
  ],
  [
    "astronomy",
    "astronomy telescope star stargazing planetarium observatory space planet meteor astrophotography",
    "sky orbit nova comet moon nebula cosmos galaxy lunar night lens stellar celestial astro eclipse constellation constellations sun cosmic light orion saturn mars void dark polaris zenith dome scope shooting gaze",
  ],
  [
    "museum",
    "museum gallery exhibition exhibit heritage history archive curator antiquity historical",
    "artifact relic past time vault curate hall echo story treasure legacy collection era fossil century memory wing chronicle lore ancient timeline display antique frame age record",
  ],
  [
    "fishing",
    "fishing angler angling tackle fish bait fly-fishing trout",
    "hook line reel rod catch lure cast bite river float net bass fin stream tide sinker lake creek hatch perch pike wader",
  ],
  [
    "hunting-outdoor",
    "archery hunting shooting-range bow wilderness survival",
    "arrow target aim wild trail game buck stag quiver bullseye antler scout nock string track camo fletch",
  ],
  [
    "recycling",
    "recycling recycle waste upcycle upcycled compost scrap zero-waste refill refillable secondhand reuse sustainable trash rubbish",
    "green earth loop again renew circle cycle second new bin turn planet leaf reborn scrap life rework salvage heap restore refill rot worm less pile clean reclaim jar soil",
  ],
  [
    "environment",
    "environment environmental eco climate conservation ecological carbon sustainability eco-friendly biodegradable",
    "green earth leaf planet tree terra root forest clean gaia footprint seed nature world sky blue future footprint fern bio ever air",
  ],
  [
    "beach",
    "beach coast coastal seaside island shore ocean harbor bay",
    "wave sand tide salt shell breeze dune gull pier sea palm cove driftwood surf sun coral cliff horizon lighthouse foam pebble reef anchor",
  ],
  [
    "weather",
    "weather forecast rain umbrella storm snow meteorology raincoat snow-removal gritting",
    "cloud sky storm drop dry puddle drizzle front gale sun thunder plow shovel flake breeze barometer pour frost clear splash drop wind",
  ],
  [
    "water",
    "water well filtration purifier drinking-water bottled irrigation hydration purification",
    "drop flow spring clear aqua pure hydro stream filter well river drink blue rain source sip brook fresh tap crystal",
  ],
  [
    "christmas",
    "christmas holiday festive halloween ornament seasonal easter",
    "star snow bell pine holly merry jolly wreath tinsel sleigh light candle elf frost winter ribbon mistletoe carol spooky pumpkin bauble",
  ],
];

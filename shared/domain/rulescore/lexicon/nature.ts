import type { ConceptSource } from "./concept.ts";

/** Animals, farm, outdoors and travel. */
export const nature: readonly ConceptSource[] = [
  [
    "dogs",
    "dog puppy dog-walking dog-walker kennel canine dog-grooming dog-training retriever",
    "paw bark tail wag leash fetch bone woof hound pup fur walk sniff collar trot treat pooch lead buddy snout whisker mutt muzzle stroll scruff growl heel stick lick furry pack barker wagging pawprint muddy fluffy goodboy ruff yap rover fido whiskers bath shampoo suds bubble biscuit shaggy furball kibble bowwow poodle terrier beagle collie zoom zoomies scamper trim brush",
  ],
  [
    "cats",
    "cat kitten feline cattery cat-cafe",
    "purr whisker paw meow tabby kitty claw nap fur tail yarn cuddle mew prowl velvet furry pounce nine lap scratch catnip whiskered tuxedo calico kit moggy pussycat tom furball litter scratching windowsill siamese mouser sunbeam",
  ],
  [
    "pets",
    "pet veterinary vet veterinarian animal pet-sitting pet-shop pet-food pet-care grooming aquarium hamster rabbit reptile",
    "paw fur tail whisker critter fin furry feather care companion bowl claw bark purr buddy heal treat hoof collar wag hop tank fuzzy cuddle snout scale leash bunny burrow snuggle wet nose chirp guppy hutch cage kibble treats barn lick pawprint noah ark tame pal beastie finned gecko clinic shell scales hedgehog ruff nuzzle scruff",
  ],
  [
    "horses",
    "horse equestrian riding stable pony saddle farrier equine",
    "hoof mane gallop rein trot stirrup bridle paddock canter hay colt bit ride iron forge pasture tack jump gallant mare meadow spur filly halter trail mustang foal whinny barn jockey harness dressage blacksmith saddlery nag steed hayloft cowboy spurs chestnut arena lope colts hooves bareback brush",
  ],
  [
    "birds",
    "bird birdwatching birding parrot poultry chicken falconry ornithology aviary owl feeder",
    "feather wing nest perch flock beak song chirp egg hatch robin flight lark finch tweet coop roost hen wren hawk plume sparrow talon seed heron sky cluck binocular swift feathered songbird nestbox goldfinch flutter aerie fledgling warble swallow kestrel falcon crow raven wingspan eyrie birdsong migrate twitch peck trill plumage hummingbird peregrine quail goose duck duckling tern puffin glove",
  ],
  [
    "farm",
    "farm farmer agriculture farming crop tractor livestock harvest ranch cattle sheep goat agricultural hay grain",
    "field barn acre soil seed furrow plow pasture grain harvest silo root meadow green hay yield rural herd till sow sprout rooster wheat orchard hill earth country land rain fence homestead granary pitchfork scarecrow windmill wheatfield dairy foal cornfield bale bushel sheaf thresh cow cowbell fleece lamb herdsman gate prairie sunrise seedling humus loam furrows acreage agro drone bounty weathervane",
  ],
  [
    "hydroponics",
    "hydroponic hydroponics vertical-farm greenhouse microgreens mushroom irrigation urban-farm",
    "grow leaf root stack sprout drip green tower glass spore fresh shelf light water aqua seed cap pane soil tray shade harvest forest fungi flow sprinkle nutrient led vertical lettuce basil roots mist shoot spawn mycelium portobello oyster log truffle stem gill bloom trickle valve waterwise",
  ],
  [
    "camping",
    "camping camp tent hiking hiker outdoor backpacking trail glamping trekking caravan campsite campervan motorhome",
    "trail peak pine fire path wild summit boot pack star ridge forest canvas trek hill compass camp roam wander ember lantern track nomad bivouac wood ranger cabin meadow moss night wheel campfire smore firefly kindling backcountry rucksack woodland wildwood dusk hammock outpost basecamp trailhead pitch peg starry owl bear stream boulder footpath evergreen sleep marshmallow open offgrid drift highway hitch tow awning",
  ],
  [
    "travel",
    "travel tour tourism trip holiday vacation agency tourist guide guided sightseeing itinerary excursion adventure",
    "journey wander roam compass map voyage globe trail passport horizon route nomad trek explore path miles escape go ticket world atlas wing away jet suitcase quest detour stroll safari lantern odyssey ramble step meander passage sail luggage postcard explorer discovery guidebook local cobblestone footsteps lane hidden story globetrot globetrotter sunrise landmark walkabout pathfinder steps roads wayfarer far frontier bound railway camel plane tale oldtown wayfare itinerant meridian",
  ],
  [
    "hotel",
    "hotel hostel bed-and-breakfast guesthouse inn lodge resort accommodation b&b homestay",
    "stay rest room pillow nest key suite haven nook cozy sleep night bed roof retreat lobby check-in harbor cabin hearth snug lantern bunk welcome den manor door linger porch slumber checkin bellhop duvet courtyard chalet roost hideaway homey doorman snooze blanket nights starlight lakeside guest breakfast stayover staycation shore cottage",
  ],
  [
    "aviation",
    "flight aviation airline pilot flying drone airport helicopter balloon hot-air-balloon paragliding skydiving",
    "sky wing fly cloud soar jet hover lift propeller altitude runway aero rotor glide hawk air rise float drift breeze basket eagle view aerial high above sight quad skyline skyward wingman airborne cockpit hangar propel takeoff landing aloft stratosphere plane wind updraft bird falcon turbine cloudnine flyer burner dawn ascend parachute freefall",
  ],
  [
    "astronomy",
    "astronomy telescope star stargazing planetarium observatory space planet meteor astrophotography",
    "sky orbit nova comet moon nebula cosmos galaxy lunar night lens stellar celestial astro eclipse constellation constellations sun cosmic light orion saturn mars void dark polaris zenith dome scope shooting gaze stardust nightfall astral andromeda milkyway lightyear skywatch perseus vega sirius cassiopeia dipper bigdipper luminary supernova infinity heaven galileo kepler hubble asteroid apogee perigee solstice moonrise starfield pulsar quasar meteorite north polestar nightsky blackhole eyepiece mirror",
  ],
  [
    "museum",
    "museum gallery exhibition exhibit heritage history archive curator antiquity historical",
    "artifact relic past time vault curate hall echo story treasure legacy collection era fossil century memory wing chronicle lore ancient timeline display antique frame age record plinth cabinet diorama tapestry scroll amphora keepsake dynasty dust cellar ledger epoch bronze bones dinosaur pharaoh inheritance rotunda yesteryear bygone remember tour remnant treasury curio",
  ],
  [
    "fishing",
    "fishing angler angling tackle fish bait fly-fishing trout",
    "hook line reel rod catch lure cast bite river float net bass fin stream tide sinker lake creek hatch perch pike wader angle waders bobber lunker rise mayfly nymph fly caster dock minnow salmon casting ripple bank brook sinkers tacklebox nibble hooked dawn worm",
  ],
  [
    "hunting-outdoor",
    "archery hunting shooting-range bow wilderness survival",
    "arrow target aim wild trail game buck stag quiver bullseye antler scout nock string track camo fletch fletcher marksman trueshot flint ranger bushcraft stalk quarry stealth bowstring yew tip feather forager",
  ],
  [
    "recycling",
    "recycling recycle waste upcycle upcycled compost scrap zero-waste refill refillable secondhand reuse sustainable trash rubbish",
    "green earth loop again renew circle cycle second new bin turn planet leaf reborn scrap life rework salvage heap restore refill rot worm less pile clean reclaim jar soil evergreen tin bottle can paper cardboard crush pulp glass secondlife anew circular salvaged humus mulch wormery phoenix remake revive revolve ecosphere scoop bulk empty",
  ],
  [
    "environment",
    "environment environmental eco climate conservation ecological carbon sustainability eco-friendly biodegradable",
    "green earth leaf planet tree terra root forest clean gaia footprint seed nature world sky blue future footprint fern bio ever air earthly clover sprout moss oak rain ozone solar wildlife ecosystem breathe nurture roots evergreen balance meadow canopy steward river",
  ],
  [
    "beach",
    "beach coast coastal seaside island shore ocean harbor bay",
    "wave sand tide salt shell breeze dune gull pier sea palm cove driftwood surf sun coral cliff horizon lighthouse foam pebble reef anchor saltwater seaglass castaway seashell dock sunset parasol boardwalk tidepool sandbar sandy seabreeze starfish sunburn bluewater",
  ],
  [
    "weather",
    "weather forecast rain umbrella storm snow meteorology raincoat snow-removal gritting",
    "cloud sky storm drop dry puddle drizzle front gale sun thunder plow shovel flake breeze barometer pour frost clear splash drop wind snowplow rainbow cirrus cumulus celsius stormproof rainy raindrop brolly canopy slicker icy melt salt winter",
  ],
  [
    "water",
    "water well filtration purifier drinking-water bottled irrigation hydration purification",
    "drop flow spring clear aqua pure hydro stream filter well river drink blue rain source sip brook fresh tap crystal raindrop fountain geyser glacier faucet bubble puddle ripple cascade mountain droplet irrigate sprinkler trickle ditch",
  ],
  [
    "christmas",
    "christmas holiday festive halloween ornament seasonal easter",
    "star snow bell pine holly merry jolly wreath tinsel sleigh light candle elf frost winter ribbon mistletoe carol spooky pumpkin bauble santa reindeer yuletide gingerbread northpole stocking sugar garland cheer ghost witch lantern glitter nutcracker snowman",
  ],
];

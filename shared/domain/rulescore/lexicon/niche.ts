import type { ConceptSource } from "./concept.ts";

/** Smaller trades that the larger concepts leave out. */
export const niche: readonly ConceptSource[] = [
  [
    "lighting",
    "lamp lighting lantern chandelier lampshade neon bulb",
    "glow lumen shine beam bright light flicker halo filament wattage dim aura radiant illume shade luster ray lit gleam lux",
  ],
  [
    "curtains",
    "curtain blind drapery shutter awning",
    "drape shade fold veil sheer window linen pleat rod slat draw breeze valance louver light",
  ],
  [
    "fencing-paving",
    "fence gate paving driveway patio railing deck decking",
    "post picket stone slab paver path border brick step rail edge boundary cobble terrace threshold",
  ],
  [
    "clocks",
    "clock watch horology timepiece clockmaker watch-repair",
    "tick tock time hour minute second dial hand pendulum chime gear spring cuckoo escapement mainspring crown wind cog sundial tempo",
  ],
  [
    "skate",
    "skateboard skate scooter roller-skate longboard rollerblade",
    "ramp ollie grind wheel deck roll halfpipe board rail kick flip glide truck bearing grip push bowl",
  ],
  [
    "trampoline",
    "trampoline bowling arcade playground bounce-house indoor-play karaoke go-kart mini-golf",
    "jump bounce spring leap strike pin lane roll alley mic sing air flip kart lap putt slide hop boing",
  ],
  [
    "costume",
    "costume fancy-dress mask disguise theatrical makeup cosplay carnival",
    "wig cape masquerade hero guise feather stage dress glitter villain jester character wardrobe curtain role",
  ],
  [
    "fireworks",
    "fireworks pyrotechnics sparkler lightshow",
    "spark bang boom fuse rocket burst flare sky crackle blaze night comet bright fizz glow",
  ],
  [
    "balloons",
    "balloon confetti party-supplies decoration piñata",
    "float pop air rise burst helium cheer party color string bubble celebrate inflate",
  ],
  [
    "salt-seaweed",
    "salt seaweed algae sea-salt kelp",
    "brine crystal flake tide marsh grain sea shore mineral ocean pinch pan wave nori",
  ],
  [
    "syrup",
    "maple syrup sap sugarhouse maple-syrup birch",
    "tap drip amber leaf grove sweet bucket pour sugar tree pancake boil golden",
  ],
  [
    "nuts",
    "nut almond peanut walnut cashew granola cereal oat porridge muesli",
    "shell crunch butter roast kernel cluster crack oat bowl spoon toast morning grain squirrel acorn seed",
  ],
  [
    "popcorn",
    "popcorn chips crisps snack pretzel jerky cracker",
    "pop kernel crunch butter salt crispy bag munch corn bite nibble snap crackle",
  ],
  [
    "cider",
    "cider mead sake kombucha perry apple-press",
    "apple orchard press ferment barrel tap core fizz jar culture rice scoby pour bubble bough windfall",
  ],
  [
    "pasta-truffle",
    "truffle mushroom pasta forager foraging",
    "forest earth cap spore basket wild hunt root woods moss pig dig shave chanterelle",
  ],
  [
    "nutrition",
    "nutritionist dietitian nutrition diet weight-loss healthy-eating allergy gluten-free",
    "balance plate fuel nourish greens lean well bite vital fresh apple grain portion glow health eat feed root",
  ],
  [
    "hearing",
    "hearing hearing-aid audiologist audiology ear",
    "sound clear listen echo hear tone whisper loud volume wave signal drum earful tune",
  ],
  [
    "accessibility",
    "wheelchair prosthetic disability accessible mobility-aid ramp adaptive stairlift",
    "wheel roll ramp free step motion able lift move reach stride access go glide rise independence",
  ],
  [
    "birth",
    "midwife doula birth pregnancy prenatal lactation fertility postpartum",
    "cradle bloom bump nest bud womb moon new begin gentle glow blossom milk mama stork first breath arrive cocoon",
  ],
  [
    "acupuncture",
    "acupuncture naturopath homeopathy ayurveda reiki holistic chinese-medicine",
    "needle point balance qi chi meridian herb flow root heal calm energy body yin yang tao whole",
  ],
  [
    "sleep",
    "sleep insomnia snoring nap sleep-coach",
    "dream rest night slumber moon pillow doze drift calm hush nod z lullaby deep snooze",
  ],
  [
    "parking",
    "parking garage valet tow towing roadside breakdown",
    "spot space park lot curb bay slot meter hook haul rescue rope winch tow hitch slide find lift",
  ],
  [
    "maps",
    "map atlas cartography globe navigation compass surveyor",
    "north star route chart legend world meridian scale path way border ink trail longitude latitude find",
  ],
  [
    "lost-found",
    "luggage left-luggage locker lost-property deposit storage",
    "bag key drop tag keep safe store hold trunk claim locker find found",
  ],
  [
    "subtitles",
    "subtitle caption transcription transcript stenography dictation",
    "word type text speech line script note quote speak key clear voice scribe listen",
  ],
  [
    "umbrella",
    "umbrella raincoat waterproof wellington rainwear",
    "drop drip rain puddle splash dry cloud storm canopy shelter drizzle hood cover",
  ],
  [
    "aquarium",
    "aquarium fishkeeping coral reef-tank koi pond goldfish",
    "tank fin bubble reef tide scale gill pond swim glass aqua lily splash school water ripple",
  ],
  [
    "reptile",
    "reptile snake lizard tortoise gecko terrarium frog",
    "scale shell slither gecko heat leaf rock basking tail venom cold dragon croc tongue",
  ],
  [
    "rescue",
    "rescue shelter adoption animal-shelter sanctuary wildlife rehabilitation hedgehog",
    "home haven second heart save paw hope release wild refuge new forever nest care mend wing",
  ],
  [
    "insects-worms",
    "worm silkworm cricket insect butterfly vermicompost",
    "silk cocoon crawl wing soil earth wriggle flutter larva hop buzz monarch",
  ],
  [
    "saddle-carriage",
    "carriage wagon horse-drawn sleigh rickshaw",
    "wheel rein trot bell ride coach hoof jingle lane spoke harness old",
  ],
  [
    "mobile-home",
    "tiny-house modular container-home cabin treehouse yurt log-cabin",
    "nest small timber dwell nook wheel roof haven loft little leaf hut snug cube wood canopy",
  ],
  [
    "bridge-tunnel",
    "elevator escalator lift crane hoist ropeway",
    "up rise lift level floor high ascend shaft cable up-down pulley tower top",
  ],
  [
    "well-drilling",
    "drilling septic sewer excavation excavator borehole trench",
    "dig deep earth drill pit bore shovel ground soil bucket tank flow trench dirt depth",
  ],
  [
    "piano-tuning",
    "piano-tuning organ harp accordion bell drum percussion drummer",
    "key pitch string hammer tone chord ring chime octave pedal bellows tune fork resonance beat thump stick snare cymbal rhythm",
  ],
  [
    "puppetry-storytelling",
    "storytelling storyteller fairy-tale folklore puppet poetry poet",
    "tale once wonder page ink rhyme verse dragon spell fable yarn campfire voice dream lore string muse lantern",
  ],
  [
    "letters",
    "letter postcard post mail stamp mailbox envelope pen-pal",
    "ink seal courier wax post note quill pigeon parcel dove address write fold sign paper",
  ],
  [
    "wigs-beauty",
    "tanning bronzer sunbed spray-tan freckle",
    "sun glow bronze gold bask shade ray kissed skin honey",
  ],
  [
    "laundry-shoes",
    "shoe-cleaning sneaker-cleaning shoeshine",
    "shine polish sole lace fresh buff brush step kick gleam spot suds",
  ],
  [
    "drone",
    "drone quadcopter aerial aerial-survey",
    "sky hover rotor wing buzz bird fly altitude overhead map view propeller lens hawk swarm",
  ],
  [
    "ev-charging",
    "ev charging-station electric-car charger",
    "volt plug watt spark charge amp current juice drive power bolt green electron dock socket",
  ],
  [
    "agri-tech",
    "soil-sensor precision-farming crop-monitoring irrigation-control",
    "field sense soil rain grow data yield root drop leaf grid acre harvest",
  ],
  [
    "wallpaper-mural",
    "mural graffiti street-art wallpaper sign-painting",
    "wall brush spray color paint canvas stroke brick bold stencil tag hue line letter gild",
  ],
  [
    "sauna",
    "sauna steam-bath hammam cold-plunge ice-bath",
    "steam heat birch plunge stone ember cedar sweat cold vapor ladle glow fire ice",
  ],
  [
    "bikes-courier",
    "bike-courier cargo-bike messenger pedicab",
    "pedal spoke wheel swift saddle parcel dash lane deliver chain ride basket zip",
  ],
  [
    "quilt-rug",
    "rug carpet quilt tapestry weaving macrame loom",
    "weave thread knot warp weft patch pattern wool loom fringe tuft fiber stitch yarn woven",
  ],
  [
    "soap",
    "soap bath-bomb bubble-bath soapmaker shampoo-bar",
    "lather suds bubble bar foam lavender clean rinse oil fizz wash scent lye bath petal",
  ],
  [
    "pottery",
    "pottery ceramics ceramic kiln potter clay stoneware",
    "wheel glaze mud throw spin fire earth bowl vessel mug hand turn slip bisque earthen terra cup",
  ],
  [
    "woodstove",
    "fireplace stove firewood fire-pit chimney-sweep chimney",
    "ember flame hearth log warm ash soot spark coal flue smoke kindle glow sweep brush blaze cinder",
  ],
];

import type { ConceptSource } from "./concept.ts";

/** House, garden, and the trades that work on them. */
export const home: readonly ConceptSource[] = [
  [
    "cleaning",
    "cleaning cleaner clean maid housekeeping janitorial scrub carpet-cleaning window-cleaning tidy",
    "spotless sparkle shine broom mop dust fresh sweep polish gleam bright bubble spick span neat pristine suds crystal wipe duster glow bucket swish squeegee lemon streak pane stain scrubber soap wand foam swirl immaculate spring vacuum bucketful mopped home mirror shimmer dustpan whisk zen castle order lather purely orderly white bleach rag sponge clear sanitize germ speckless swept kept pail glisten",
  ],
  [
    "laundry",
    "laundry laundromat dry-cleaning wash washing ironing linen",
    "fold spin suds fresh press bubble clean hamper dry soap crisp line starch basket foam tumble steam iron white rinse cycle peg sock shirt lint spinner clothespin hanger pressed detergent dryer drum bundle loads fluff folded softener sheet spot stain cloth",
  ],
  [
    "plumbing",
    "plumber plumbing pipe drain leak heating boiler bathroom toilet faucet",
    "flow tap valve water wrench drip flush spout sink current seal copper tank joint clog shower basin hot stream gauge gush h2o stopcock gasket elbow fitting plunger pipes washer gurgle bathtub rooter trap aqua torrent dry spigot hydrant pressure cistern",
  ],
  [
    "electrician",
    "electrician electrical electricity wiring lighting power circuit",
    "volt spark watt current wire amp bright light bolt charge fuse switch plug socket grid bulb live ohm conduit surge lightning flicker joule beam lumen breaker shock glow kilowatt switchboard lamp panel cable fuses connect electron zap sparky",
  ],
  [
    "solar",
    "solar renewable photovoltaic wind-power energy battery green-energy",
    "sun ray panel watt beam bright power light volt charge roof sky grid day shine kilowatt photon helio turbine sol dawn sunny sunlight sunbeam ampere bolt breeze sunup noon radiance array cell helios charged apollo gust inverter daylight zenith rooftop sunrise gale",
  ],
  [
    "hvac",
    "hvac air-conditioning heating cooling furnace ventilation heat-pump insulation chimney",
    "air cool breeze warm comfort climate duct temp thermal vent flow degree draft frost cozy hearth flue fan stove polar snug igloo fresh blower windy heater ember blaze chill ice zephyr filter thermo radiate burner temperature gust boiler soot sweep brush smoke stack",
  ],
  [
    "roofing",
    "roofing roof roofer gutter shingle slate",
    "ridge top peak tile eave shelter rafter attic storm over summit gable dry cover pitch rain cap overhead slates crown thatch hat ladder truss loft rainproof peaked hightop",
  ],
  [
    "carpentry",
    "carpenter carpentry woodworking wood joiner cabinet furniture-maker timber joinery woodturning sawmill",
    "oak grain plank saw chisel plane pine bench timber dovetail knot beam lathe craft shavings walnut cedar carve ash maple joint workshop hammer birch sawdust whittle tenon sand workbench mallet jig clamp heartwood hew board rasp mitre mortise varnish spoke stain hickory turned spindle shaving bowl grainy forest limber sawn",
  ],
  [
    "construction",
    "construction builder building contractor renovation remodel bricklayer concrete mason masonry demolition scaffolding",
    "brick beam build stone frame block hammer foundation mortar crane solid stack girder trowel level structure raise wall steel tower rubble blast wreck plan plumb keystone cornerstone hardhat shovel dig pillar roof site digger foreman nail bricks cement hoist plaster pour rebar scaffold wrecking dust dozer boom detonate implosion collapse topple charge",
  ],
  [
    "painting-trade",
    "painter painting decorator wallpaper decorating paint",
    "brush coat roller color stroke hue wall fresh palette tint canvas finish shade layer trim tone ladder gloss drip bucket primer matte easel spray swatch wallflower splash paintbox blank rainbow sand stucco",
  ],
  [
    "flooring",
    "flooring floor tile tiling carpet rug parquet hardwood",
    "plank step ground grout underfoot weave grain mosaic oak pile barefoot loom surface stone level thread herringbone slab walk marble laminate mat shag woolen walked foot beneath underlay baseboard kilim persian plush vinyl",
  ],
  [
    "gardening",
    "garden gardener gardening landscaping landscape lawn mowing nursery-garden hedge yard horticulture plants seed seedling allotment",
    "bloom leaf green root grow sprout soil spade petal grass rake bed thorn trowel plot seed ivy hedge vine clip moss mulch turf fern pot blade dig mow thumb bough patch evergreen compost trim wheelbarrow gnome shed shrub weed flowerbed greenhouse terrace wildflower water watering can topiary sunflower rootstock prune pruner earthworm eden arbor hoe rain bulb pod germinate pea tomato heirloom packet bee lawnmower stripe dandelion boxwood clover sow sower",
  ],
  [
    "florist",
    "florist flower floral bouquet wedding-flowers rose",
    "petal bloom stem blossom bud lily bunch posy rose daisy tulip vase garden peony wild fresh thorn ribbon meadow iris bough poppy dahlia violet fleur arrangement wreath wildflower camellia orchid pansy sweetpea stamen bloomer flora blooming botanic primrose fern sprig nosegay marigold magnolia blush cut nectar hyacinth hydrangea lilac anemone basket scent spring",
  ],
  [
    "houseplants",
    "houseplant plant succulent cactus terrarium potted bonsai indoor-plant",
    "leaf pot fern green root sprout jungle monstera moss water grow frond ivy foliage soil window prickle urban twig thrive photosynthesis spike chlorophyll aloe spider windowsill trowel watering repot sprig desert thorn spine shoot canopy philodendron ficus sill stem bloom seed cacti thumb",
  ],
  [
    "trees",
    "tree arborist tree-surgery forestry logging firewood orchard woodland",
    "branch oak bark limb root crown canopy trunk leaf timber pine stump ring saw acorn willow prune chop log twig forest ash elm cedar grove pinecone sapling spruce lumber chainsaw axe squirrel woods beech kindling cord splitter ember hearth stack climb rope lumberjack cider pear plum hickory timberline treetop deadwood",
  ],
  [
    "furniture",
    "furniture sofa chair table upholstery upholsterer desk bed mattress bookcase",
    "seat wood nest comfort cushion oak frame lounge stitch home craft leg spring couch fabric room rest legs back recline tuft plush stool bench sit padded cabinet drawer dovetail joinery ottoman armrest walnut hardwood loom velvet tack webbing drape dwell dining dowel crate teak loft settle settee chaise throne perch nook",
  ],
  [
    "interior-design",
    "interior interior-design decor decoration home-decor homeware staging stylist",
    "room space nest hue living cozy style accent velvet palette wall hearth abode mood form curate corner casa cushion home light arrange vase lamp swatch chair chic plush texture nordic tone paint harmony scene dwell sofa motif drape mantel atelier loft tile rug linen mirror",
  ],
  [
    "real-estate",
    "real-estate realtor property estate-agent apartment rental housing letting mortgage home-buying landlord",
    "key door home nest roof address keys house hearth dwell move brick acre gate threshold block abode haven lot open welcome place tenant lease room loft square doorstep hallway homestead cottage roost manor doormat porch foundation landing tenancy deed fence villa terrace domus casa hearthstone homeward settle sold skyline abide shelter chimney doorbell knock rooftop let bricks mortar nestle",
  ],
  [
    "moving",
    "moving mover removal relocation haul storage self-storage packing van removals",
    "box truck lift load crate carry roll pack shift wheel haul new van stow unit lock shelf vault stack tape home journey heave dolly boxed trunk tetris shoulder bundle haulaway strong piano relocate bubblewrap doorway hoist door handle ship road locker attic nook cube garage keepsafe container",
  ],
  [
    "pest-control",
    "pest pest-control exterminator termite rodent rat insect mouse cockroach bedbug wasp",
    "bug shield trap gone guard free ant safe roach critter clear zap nest shoo out proof catch away crawl mousetrap antler swat sting sweep hound seek ferret vermin barrier scout buzz mite moth spider fumigate hawk",
  ],
  [
    "pool",
    "pool swimming-pool spa-pool hot-tub pool-cleaning",
    "blue water splash clear dive aqua deep chlorine swim dip crystal ripple lagoon tile float filter wave poolside lap azure tidal turquoise dolphin plunge skim skimmer sun mermaid ladder oasis bubble jet steam soak",
  ],
  [
    "locksmith",
    "locksmith lock key security-door safe",
    "bolt key latch secure turn open door pin tumbler pick vault keyhole guard cylinder latchkey entry unlock shackle click keymaster tumblers ring jingle padlock skeleton unlocked chain barrel clef doorway keeper hinge",
  ],
  [
    "security",
    "security alarm surveillance guard camera protection bodyguard cctv",
    "watch shield safe sentinel lock eye sentry vigil fort secure patrol keep tower alert gate dog armor protect guardian hawk night bastion citadel castle watchdog owl radar perimeter rampart bulwark moat wall trusty knight warden aegis lookout beacon watchtower stronghold hound spot",
  ],
  [
    "handyman",
    "handyman repair fix maintenance odd-job home-repair diy tool hardware",
    "fix hammer wrench nail tool patch bolt screw mend handy ready drill tape kit box plank belt level nut house spanner workbench pliers fixer toolbox fixit knack job honeydo tinker tweak glue screwdriver ladder paint nuts saw clamp putty hand jack household mr honest tap hinge squeak",
  ],
  [
    "candles",
    "candle fragrance scented incense wax diffuser aroma",
    "wick flame glow scent melt light ember soy amber burn flicker warm lavender aura lume smoke dusk drip spark hearth jar pour candlelight beeswax glimmer luna cozy pillar votive tallow vanilla cinnamon glowing smolder flick match snuff hush tealight twilight wicked",
  ],
  [
    "kitchenware",
    "kitchenware cookware utensil knife-sharpening tableware cutlery pan knife",
    "pot pan whisk spoon blade fork edge steel plate sharp chef ladle iron hone bowl cast skillet stone kitchen cut grind griddle simmer oven forged board cutting grater sieve butter damascus honed keen sharpened stoneware enamel chop spoonful chopping carbon whet strop",
  ],
  [
    "bedding",
    "bedding mattress pillow sleep sheet duvet blanket pajama quilt",
    "dream rest cloud nest snooze feather soft down night slumber moon cozy linen tuck drift doze dozy nap snug cotton snore lullaby hush moonbeam lull sleepy siesta sandman eiderdown fluff lamb sheepish goose flannel hammock hibernate z zzz pillowtalk bunk nightnight dreamy owl starry flax thread percale coil foam",
  ],
  [
    "baby-home",
    "baby infant newborn toddler nursery stroller diaper cot maternity",
    "cradle tiny lullaby nest little stork cuddle crib bib sprout bunny snug rattle coo bundle cub teddy peek hush bub giggle boo wee rock mama first steps blossom swaddle milk bottle tot booties nap pram lamb duckling acorn blanket gentle tiptoe bonnet mini crawl dandelion sweetpea peanut bean pip pea carry",
  ],
];

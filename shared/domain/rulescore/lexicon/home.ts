import type { ConceptSource } from "./concept.ts";

/** House, garden, and the trades that work on them. */
export const home: readonly ConceptSource[] = [
  [
    "cleaning",
    "cleaning cleaner clean maid housekeeping janitorial scrub carpet-cleaning window-cleaning tidy",
    "spotless sparkle shine broom mop dust fresh sweep polish gleam bright bubble spick span neat pristine suds crystal wipe duster glow bucket swish squeegee lemon streak pane stain",
  ],
  [
    "laundry",
    "laundry laundromat dry-cleaning wash washing ironing linen",
    "fold spin suds fresh press bubble clean hamper dry soap crisp line starch basket foam tumble steam iron white rinse cycle peg",
  ],
  [
    "plumbing",
    "plumber plumbing pipe drain leak heating boiler bathroom toilet faucet",
    "flow tap valve water wrench drip flush spout sink current seal copper tank joint clog shower basin hot stream gauge",
  ],
  [
    "electrician",
    "electrician electrical electricity wiring lighting power circuit",
    "volt spark watt current wire amp bright light bolt charge fuse switch plug socket grid bulb live ohm conduit surge",
  ],
  [
    "solar",
    "solar renewable photovoltaic wind-power energy battery green-energy",
    "sun ray panel watt beam bright power light volt charge roof sky grid day shine kilowatt photon helio turbine sol dawn",
  ],
  [
    "hvac",
    "hvac air-conditioning heating cooling furnace ventilation heat-pump insulation chimney",
    "air cool breeze warm comfort climate duct temp thermal vent flow degree draft frost cozy hearth flue fan stove",
  ],
  [
    "roofing",
    "roofing roof roofer gutter shingle slate",
    "ridge top peak tile eave shelter rafter attic storm over summit gable dry cover pitch rain",
  ],
  [
    "carpentry",
    "carpenter carpentry woodworking wood joiner cabinet furniture-maker timber joinery woodturning sawmill",
    "oak grain plank saw chisel plane pine bench timber dovetail knot beam lathe craft shavings walnut cedar carve ash maple joint workshop hammer birch",
  ],
  [
    "construction",
    "construction builder building contractor renovation remodel bricklayer concrete mason masonry demolition scaffolding",
    "brick beam build stone frame block hammer foundation mortar crane solid stack girder trowel level structure raise wall steel tower rubble blast wreck plan plumb",
  ],
  [
    "painting-trade",
    "painter painting decorator wallpaper decorating paint",
    "brush coat roller color stroke hue wall fresh palette tint canvas finish shade layer trim tone ladder gloss",
  ],
  [
    "flooring",
    "flooring floor tile tiling carpet rug parquet hardwood",
    "plank step ground grout underfoot weave grain mosaic oak pile barefoot loom surface stone level thread",
  ],
  [
    "gardening",
    "garden gardener gardening landscaping landscape lawn mowing nursery-garden hedge yard horticulture plants seed seedling allotment",
    "bloom leaf green root grow sprout soil spade petal grass rake bed thorn trowel plot seed ivy hedge vine clip moss mulch turf fern pot blade dig mow thumb bough patch evergreen compost trim wheelbarrow",
  ],
  [
    "florist",
    "florist flower floral bouquet wedding-flowers rose",
    "petal bloom stem blossom bud lily bunch posy rose daisy tulip vase garden peony wild fresh thorn ribbon meadow iris bough poppy dahlia violet fleur arrangement wreath",
  ],
  [
    "houseplants",
    "houseplant plant succulent cactus terrarium potted bonsai indoor-plant",
    "leaf pot fern green root sprout jungle monstera moss water grow frond ivy foliage soil window prickle urban twig thrive photosynthesis spike",
  ],
  [
    "trees",
    "tree arborist tree-surgery forestry logging firewood orchard woodland",
    "branch oak bark limb root crown canopy trunk leaf timber pine stump ring saw acorn willow prune chop log twig forest ash elm cedar grove",
  ],
  [
    "furniture",
    "furniture sofa chair table upholstery upholsterer desk bed mattress bookcase",
    "seat wood nest comfort cushion oak frame lounge stitch home craft leg spring couch fabric room rest legs back recline tuft plush stool bench sit padded",
  ],
  [
    "interior-design",
    "interior interior-design decor decoration home-decor homeware staging stylist",
    "room space nest hue living cozy style accent velvet palette wall hearth abode mood form curate corner casa cushion home light arrange",
  ],
  [
    "real-estate",
    "real-estate realtor property estate-agent apartment rental housing letting mortgage home-buying landlord",
    "key door home nest roof address keys house hearth dwell move brick acre gate threshold block abode haven lot open welcome place tenant lease room loft square",
  ],
  [
    "moving",
    "moving mover removal relocation haul storage self-storage packing van removals",
    "box truck lift load crate carry roll pack shift wheel haul new van stow unit lock shelf vault stack tape home journey heave dolly",
  ],
  [
    "pest-control",
    "pest pest-control exterminator termite rodent rat insect mouse cockroach bedbug wasp",
    "bug shield trap gone guard free ant safe roach critter clear zap nest shoo out proof catch away crawl",
  ],
  [
    "pool",
    "pool swimming-pool spa-pool hot-tub pool-cleaning",
    "blue water splash clear dive aqua deep chlorine swim dip crystal ripple lagoon tile float filter wave poolside",
  ],
  [
    "locksmith",
    "locksmith lock key security-door safe",
    "bolt key latch secure turn open door pin tumbler pick vault keyhole guard cylinder latchkey entry unlock shackle",
  ],
  [
    "security",
    "security alarm surveillance guard camera protection bodyguard cctv",
    "watch shield safe sentinel lock eye sentry vigil fort secure patrol keep tower alert gate dog armor protect guardian hawk night",
  ],
  [
    "handyman",
    "handyman repair fix maintenance odd-job home-repair diy tool hardware",
    "fix hammer wrench nail tool patch bolt screw mend handy ready drill tape kit box plank belt level nut house spanner workbench pliers",
  ],
  [
    "candles",
    "candle fragrance scented incense wax diffuser aroma",
    "wick flame glow scent melt light ember soy amber burn flicker warm lavender aura lume smoke dusk drip spark hearth jar pour",
  ],
  [
    "kitchenware",
    "kitchenware cookware utensil knife-sharpening tableware cutlery pan knife",
    "pot pan whisk spoon blade fork edge steel plate sharp chef ladle iron hone bowl cast skillet stone kitchen cut grind",
  ],
  [
    "bedding",
    "bedding mattress pillow sleep sheet duvet blanket pajama quilt",
    "dream rest cloud nest snooze feather soft down night slumber moon cozy linen tuck drift doze dozy nap snug cotton snore lullaby",
  ],
  [
    "baby-home",
    "baby infant newborn toddler nursery stroller diaper cot maternity",
    "cradle tiny lullaby nest little stork cuddle crib bib sprout bunny snug rattle coo bundle cub teddy peek hush bub giggle boo wee rock mama",
  ],
];

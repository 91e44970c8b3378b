import type { ConceptSource } from "./concept.ts";

/** What a business says of itself whatever it sells: for whom, where, when, how. Weighted less than a trade. */
export const attributes: readonly ConceptSource[] = [
  [
    "kids",
    "kid child children toddler teen youngster family",
    "little tiny junior mini tot giggle cub bud play small fun young sprout wee wonder jolly happy",
  ],
  [
    "night",
    "night late-night evening midnight nocturnal after-dark overnight",
    "moon owl star dusk dark late lunar twilight nox lantern shift hour glow insomnia",
  ],
  [
    "morning",
    "morning breakfast sunrise dawn early commuter",
    "sun rise dawn day early bird first light fresh wake rooster am glow",
  ],
  [
    "mobile",
    "mobile on-site van door-to-door travelling traveling roaming pop-up doorstep",
    "wheel roam go move rolling van road door nomad come mobile wander here doorstep rover",
  ],
  [
    "fast",
    "fast quick same-day express rapid speedy instant hour emergency urgent 24-hour",
    "swift dash zip speed flash bolt rush rapid jet now express snap zoom quick go minute sprint",
  ],
  [
    "luxury",
    "luxury premium high-end exclusive upscale elegant bespoke",
    "royal velvet elite gold crown noble lux grand prestige silk fine maison gilt haute opulent",
  ],
  [
    "local",
    "local neighborhood neighbourhood village town community hometown nearby",
    "corner street local near block lane village main square common green neighbor hometown county",
  ],
  [
    "city",
    "city urban downtown rooftop metropolitan street",
    "metro street block skyline roof brick urban town lane tower concrete alley",
  ],
  [
    "country",
    "rural countryside country farm-to-table valley hillside",
    "meadow hill field lane barn cottage brook valley oak stile hedgerow country",
  ],
  [
    "cheap",
    "affordable budget cheap discount low-cost bargain",
    "thrift penny saver value deal frugal smart cent less dime",
  ],
  [
    "traditional",
    "traditional heritage old-fashioned classic century generation grandmother family-run ancestral medieval",
    "old root legacy heirloom classic nonna granny age time ancient hand authentic oak origin forefather",
  ],
  [
    "modern",
    "modern innovative futuristic cutting-edge next-generation contemporary",
    "neo nova next future new edge now nova quantum beyond fresh",
  ],
  [
    "women",
    "women woman ladies girl female mother mom",
    "she her lady mama venus bella muse femme sister queen rose diva",
  ],
  ["men", "men man gentleman male father dad", "gent mister king dapper him rugged knight baron sir lad"],
  [
    "winter",
    "winter cold snow ice frozen icy arctic",
    "frost snow chill polar flake north ice glacier arctic white pine freeze",
  ],
  ["summer", "summer sun sunny tropical hot", "sun bright palm breeze ray tropic warm solstice sol light"],
  [
    "repair-verb",
    "repair restore restoration refurbish mend fix restored rebuild",
    "fix mend patch again renew revive heal tinker new restore doctor second save rescue",
  ],
  [
    "rental",
    "rent rental hire lease borrow lend lending library-of-things",
    "borrow share loan return lend keys swap turn again hire",
  ],
  [
    "teach-verb",
    "teach lesson workshop class course learn beginner instruct beginners",
    "learn school class academy skill lesson start basic first 101 teach studio",
  ],
  [
    "together",
    "community club group shared cooperative social membership meetup",
    "together circle collective crew guild tribe commons gather union club table band",
  ],
  [
    "safe-verb",
    "safe safety protect secure prevention",
    "guard safe shield sure secure harbor helm haven trust",
  ],
  [
    "calm",
    "calm quiet relaxing peaceful stress slow gentle",
    "still calm hush serene slow ease rest zen tranquil lull breathe soft",
  ],
  [
    "travel-verb",
    "pilgrim walking walk stroll foot",
    "step path trail stride amble ramble wander foot walk way",
  ],
  [
    "old-age",
    "senior elderly older pensioner grandparents retiree",
    "silver golden grand wise oak vintage age evergreen autumn",
  ],
  ["desert", "desert dune sand canyon arid", "oasis dune cactus mesa sand mirage sun canyon"],
  [
    "forest",
    "forest wood woodland jungle wilderness",
    "pine fern moss oak leaf wild glade grove cedar bark timber",
  ],
];

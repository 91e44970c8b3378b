import type { ConceptSource } from "./concept.ts";

/** Health, beauty, sport and what one wears. */
export const body: readonly ConceptSource[] = [
  [
    "fitness",
    "gym fitness workout personal-trainer trainer exercise crossfit bootcamp weightlifting strength training",
    "lift iron sweat rep pulse flex power muscle core strong fit lean barbell pump plank grit burn squat bench hustle might tone move kettlebell stamina force beast forge press",
  ],
  [
    "yoga",
    "yoga pilates meditation mindfulness wellness retreat stretching breathwork",
    "flow zen breath lotus calm mat balance pose asana om still namaste stretch peace serene inhale chakra prana soul soma core align bend sun sukha mindful quiet warrior",
  ],
  [
    "running",
    "running runner marathon jogging race triathlon",
    "stride pace mile sprint track dash sole finish lap trail foot tempo swift kilometer run shoe fleet sneaker jog",
  ],
  [
    "cycling",
    "bicycle bike cycling cyclist cycle e-bike mountain-bike",
    "pedal spoke wheel gear chain ride saddle velo crank spin sprocket trail roll bell frame handlebar tire rim freewheel brake cog tandem puncture",
  ],
  [
    "martial-arts",
    "martial karate judo boxing kickboxing dojo jiu-jitsu taekwondo self-defense fencing",
    "kick fist strike belt ring guard tiger punch dragon honor stance warrior mat glove fight foil sensei round jab parry throw black ninja spar",
  ],
  [
    "dance",
    "dance dancer ballet salsa tango ballroom hip-hop choreography",
    "step rhythm beat move twirl pointe spin barre groove sway swing tempo plie heel pirouette floor toe leap waltz tap footwork shuffle tutu",
  ],
  [
    "climbing",
    "climbing climb bouldering mountaineering mountain alpine",
    "rock peak rope crag summit grip ledge ascent boulder chalk vertical wall hold cliff belay ridge crux up carabiner send piton edge high",
  ],
  [
    "water-sports",
    "surf surfing kayak paddle canoe sailing diving snorkel scuba wakeboard kitesurf rafting windsurf sup",
    "wave tide board swell splash ocean reef wind sea blue crest foam salt current oar drift shore bay break river sail deep barrel lagoon aqua rapid lake fin breeze hull",
  ],
  [
    "boats",
    "boat yacht sailing marina ferry ship boatbuilding charter cruise harbour",
    "anchor sail harbor deck hull tide keel wave mast dock port captain bow helm stern sea wake buoy knot nautical crew wharf voyage rudder jetty pier mariner bilge oar",
  ],
  [
    "swimming",
    "swimming swim swimmer lifeguard aqua-fitness swimsuit swimwear",
    "lap splash wave pool dive stroke water float fin aqua lane paddle dolphin goggle wet kick otter blue glide depth deep dip",
  ],
  [
    "skiing",
    "ski snowboard skiing winter-sports sledding ice-skating hockey",
    "slope powder peak snow glide carve frost lift chill ice alpine edge piste drift summit rink blade puck white flake lodge downhill",
  ],
  [
    "golf",
    "golf tennis padel badminton squash racket",
    "green swing tee club fairway birdie putt par ace hole serve court iron drive net caddy racquet rally love volley backhand set match bunker eagle bogey",
  ],
  [
    "football",
    "football soccer rugby basketball baseball volleyball sports team-sports",
    "goal kick pitch ball net score hoop field dunk team strike court kickoff cleat bat bounce match play stadium whistle champion rim jersey",
  ],
  [
    "spa",
    "spa massage masseuse sauna facial relaxation wellness reflexology",
    "calm bliss stone glow serene oasis touch soothe relax zen oil retreat unwind haven steam lotus soft renew melt rest knead spa tranquil hammam warm knot muscle ease hands",
  ],
  [
    "skincare",
    "skincare skin cosmetics soap lotion cream moisturizer beauty-product serum makeup",
    "glow pure balm soft dew bloom radiant derm bare silk lather bubble bar petal aloe clear lush face smooth blush botanical lip tint shade lavender suds pore herb honey",
  ],
  [
    "hair",
    "hair salon hairdresser hairdressing haircut stylist braid wig",
    "curl lock cut mane shear strand scissor style tress blow comb snip bob wave crown fringe shine blonde root tease chair tint clip bang ponytail twist",
  ],
  [
    "barber",
    "barber barbershop beard shave men-grooming grooming moustache",
    "blade razor clip fade trim cut stubble sharp chop whisker lather gent comb chair scissor edge pole shear clean snip stache dapper",
  ],
  [
    "nails",
    "nail manicure pedicure nail-art eyelash lash brow eyebrow waxing",
    "polish tip gloss paint lacquer file hand gel finger varnish lash coat arch flutter shine shade cuticle wink frame curl toe",
  ],
  [
    "tattoo",
    "tattoo piercing tattooist body-art ink",
    "needle skin ink mark line art black rose inked stencil studio anchor permanent flash sleeve pierce ring dot stud",
  ],
  [
    "perfume",
    "perfume fragrance scent cologne perfumery",
    "note aroma essence mist musk bloom amber spritz petal bottle eau jasmine oud nose whiff drop veil trail rose bouquet cedar atomizer",
  ],
  [
    "dentist",
    "dentist dental orthodontist teeth tooth braces dentistry",
    "smile bright molar white grin gum bite floss enamel brush shine crown pearl mouth happy straight pearly root incisor canine ivory",
  ],
  [
    "doctor",
    "doctor clinic medical hospital physician healthcare telemedicine telehealth nurse pediatric dermatology patient",
    "care heal pulse med cure health vital well heart remedy wellness steth beacon trust checkup life cross bridge ward visit dose",
  ],
  [
    "pharmacy",
    "pharmacy pharmacist medicine prescription vitamin supplement herbalist apothecary",
    "pill dose remedy tonic mortar capsule heal herb health script well drop cure vital bottle balm tincture pestle root refill relief",
  ],
  [
    "physio",
    "physiotherapy physio chiropractor rehabilitation osteopath physical-therapy posture injury",
    "spine align move back motion joint balance flex heal body mobility strong restore posture muscle stretch recover limb step knee bone stride bend straight adjust",
  ],
  [
    "therapy",
    "therapy therapist counselling counseling mental-health psychologist coaching psychotherapy grief anxiety",
    "mind calm talk heart bridge listen path hope safe haven clear heal soul light ease still compass balance harbor gentle couch breathe thought kind anchor within",
  ],
  [
    "optician",
    "optician eyewear glasses eye optometrist sunglasses lens",
    "vision see sight focus clear frame look lens view spectacle iris spec specs shade bright lash blink pupil gaze sharp monocle insight peer",
  ],
  [
    "elder-care",
    "elderly senior home-care caregiver nursing-home carer aging retirement dementia assisted-living",
    "golden silver care companion gentle evergreen comfort grace hand kind haven harbor autumn heart home nest warm wise legacy grand dignity neighbor oak sage age",
  ],
  [
    "childcare",
    "childcare daycare kindergarten preschool nanny babysitter babysitting creche playgroup",
    "little tiny sprout play giggle bloom nest sunshine rainbow cub kid star acorn bright cuddle crayon tot block hand hop buddy bee sandbox puddle nap pebble seedling",
  ],
  [
    "fashion",
    "fashion clothing boutique clothes apparel dress garment designer wardrobe outfit streetwear lingerie",
    "thread stitch style chic wear vogue silk hem cotton drape fit runway velvet lace collar hanger sleeve closet pleat couture label dress seam mode wardrobe satin fabric denim rack muse",
  ],
  [
    "tailor",
    "tailor sewing seamstress alteration suit dressmaker embroidery haberdashery bespoke mending mend",
    "stitch thread needle hem seam thimble fit cut cloth measure bobbin button patch pin tape fabric cuff spool pleat pattern tuck lapel sew snip",
  ],
  [
    "knitting",
    "knitting yarn wool crochet weaving textile fabric spinning loom quilting fiber fibre",
    "knit purl stitch thread spun twist skein fleece loom woven needle hook weave ball sheep spindle spool warp weft cozy knot dye cast patch hank lamb woolly tangle",
  ],
  [
    "shoes",
    "shoe footwear sneaker boot cobbler shoemaker sandal heel",
    "sole step lace stride foot walk heel toe tread leather last stitch kick pace arch strut path buckle tongue tap print resole awl pair",
  ],
  [
    "leather",
    "leather leatherwork bag handbag wallet saddle luggage suitcase backpack belt purse",
    "hide stitch tan strap grain buckle craft clasp carry tote rivet stow pouch pocket zip needle saddle tuck haul rein clutch satchel bridle",
  ],
  [
    "jewelry",
    "jewelry jewellery jeweller jeweler ring necklace diamond gold silver earring goldsmith gem bracelet watchmaker watch",
    "gem sparkle shine pearl charm carat glint band link facet stone ruby jade locket crown bead opal glitter clasp chain amber facet luster tick dial hour sapphire lumen forge precious hand gear spring",
  ],
  [
    "hats",
    "hat millinery cap beanie scarf glove",
    "brim crown felt feather top band tip straw wool head fedora bow warm derby bonnet pom tweed",
  ],
];

import type { ConceptSource } from "./concept.ts";

/** Health, beauty, sport and what one wears. */
export const body: readonly ConceptSource[] = [
  [
    "fitness",
    "gym fitness workout personal-trainer trainer exercise crossfit bootcamp weightlifting strength training",
    "lift iron sweat rep pulse flex power muscle core strong fit lean barbell pump plank grit burn squat bench hustle might tone move kettlebell stamina force beast forge press dumbbell rack stronghold spartan peak athlete boost circuit deadlift fuel grind titan hercules atlas sprint heart drive bicep sculpt tempo active gains rope rugged huff strongman",
  ],
  [
    "yoga",
    "yoga pilates meditation mindfulness wellness retreat stretching breathwork",
    "flow zen breath lotus calm mat balance pose asana om still namaste stretch peace serene inhale chakra prana soul soma core align bend sun sukha mindful quiet warrior vinyasa sanctuary moon savasana shanti surya karma mandala bodhi nirvana presence silence awaken mantra harmony sattva inner moonlight third rooted tree bell gong equanimity",
  ],
  [
    "running",
    "running runner marathon jogging race triathlon",
    "stride pace mile sprint track dash sole finish lap trail foot tempo swift kilometer run shoe fleet sneaker jog runners pavement distance endurance hare gazelle legs pacer heel shoelace laces heartbeat breath milestone relay bib jaunt fast gait cadence footfall roadrunner stopwatch",
  ],
  [
    "cycling",
    "bicycle bike cycling cyclist cycle e-bike mountain-bike",
    "pedal spoke wheel gear chain ride saddle velo crank spin sprocket trail roll bell frame handlebar tire rim freewheel brake cog tandem puncture saddlebag handlebars wheelie chainring fork derailleur peloton twowheel wheels cyclo route pump tube breeze hub coast cadence ratchet tread fixie rider cassette roadie sprint",
  ],
  [
    "martial-arts",
    "martial karate judo boxing kickboxing dojo jiu-jitsu taekwondo self-defense fencing",
    "kick fist strike belt ring guard tiger punch dragon honor stance warrior mat glove fight foil sensei round jab parry throw black ninja spar gi tatami bushido samurai shadow footwork hook uppercut corner gloves spirit discipline crane fury iron tempest knuckle bell epee saber lunge touche katana",
  ],
  [
    "dance",
    "dance dancer ballet salsa tango ballroom hip-hop choreography",
    "step rhythm beat move twirl pointe spin barre groove sway swing tempo plie heel pirouette floor toe leap waltz tap footwork shuffle tutu stage shimmy boogie swan rumba arabesque tiptoe sole flow motion jig spotlight foxtrot chacha disco jive samba music sashay slipper grace bow",
  ],
  [
    "climbing",
    "climbing climb bouldering mountaineering mountain alpine",
    "rock peak rope crag summit grip ledge ascent boulder chalk vertical wall hold cliff belay ridge crux up carabiner send piton edge high ascend pinnacle sherpa cairn cliffhanger granite overhang foothold toehold alpinist anchor harness nut pitch slab dyno boulderer top finger gravity height sky",
  ],
  [
    "water-sports",
    "surf surfing kayak paddle canoe sailing diving snorkel scuba wakeboard kitesurf rafting windsurf sup",
    "wave tide board swell splash ocean reef wind sea blue crest foam salt current oar drift shore bay break river sail deep barrel lagoon aqua rapid lake fin breeze hull offshore swellness tidal dolphin mast spray seagull lifejacket bowline stoke stoked gnarly longboard fetch channel rapids waterline ripple seal turtle paddler plunge salty coastline bluewater manta bubble tank regulator windward leeward jib tack ketch",
  ],
  [
    "boats",
    "boat yacht sailing marina ferry ship boatbuilding charter cruise harbour",
    "anchor sail harbor deck hull tide keel wave mast dock port captain bow helm stern sea wake buoy knot nautical crew wharf voyage rudder jetty pier mariner bilge oar schooner tiller bosun galley mainsail jib ketch ahoy starboard berth mooring compass breeze ocean drift ferryman barge gondola lighthouse deckhand sloop regatta slip keelson clipper brine plank varnish crossing",
  ],
  [
    "swimming",
    "swimming swim swimmer lifeguard aqua-fitness swimsuit swimwear",
    "lap splash wave pool dive stroke water float fin aqua lane paddle dolphin goggle wet kick otter blue glide depth deep dip backstroke butterfly crawl splashdown seal fish minnow guppy tadpole ripple swish mermaid breaststroke tide chlorine cap duck ducky frog waterwing",
  ],
  [
    "skiing",
    "ski snowboard skiing winter-sports sledding ice-skating hockey",
    "slope powder peak snow glide carve frost lift chill ice alpine edge piste drift summit rink blade puck white flake lodge downhill avalanche mogul schuss snowfall chalet fresh blizzard icicle yeti sled fleece gondola whiteout glacier poles binding freestyle winter mountain skate zamboni crisp toboggan",
  ],
  [
    "golf",
    "golf tennis padel badminton squash racket",
    "green swing tee club fairway birdie putt par ace hole serve court iron drive net caddy racquet rally love volley backhand set match bunker eagle bogey albatross links putter wedge chip divot teetime fore smash slam deuce advantage lob strings clay baseline topspin shuttle feather",
  ],
  [
    "football",
    "football soccer rugby basketball baseball volleyball sports team-sports",
    "goal kick pitch ball net score hoop field dunk team strike court kickoff cleat bat bounce match play stadium whistle champion rim jersey kicker dribble header keeper cup league bench huddle tackle trophy captain homerun inning pitcher slam hoops rebound spike arena varsity squad playbook scrum try rookie",
  ],
  [
    "spa",
    "spa massage masseuse sauna facial relaxation wellness reflexology",
    "calm bliss stone glow serene oasis touch soothe relax zen oil retreat unwind haven steam lotus soft renew melt rest knead spa tranquil hammam warm knot muscle ease hands robe candle bath lavender petal breeze cloud whisper silk mineral spring dew eucalyptus bamboo drift melted pamper palm rub heat tension loosen bloom hush",
  ],
  [
    "skincare",
    "skincare skin cosmetics soap lotion cream moisturizer beauty-product serum makeup",
    "glow pure balm soft dew bloom radiant derm bare silk lather bubble bar petal aloe clear lush face smooth blush botanical lip tint shade lavender suds pore herb honey bath cleanse rinse oat milk clay olive oil rose nectar potion ritual peel mirror powder foam sud fresh pearl complexion tonic coconut mist jar salve calm natural scrub",
  ],
  [
    "hair",
    "hair salon hairdresser hairdressing haircut stylist braid wig",
    "curl lock cut mane shear strand scissor style tress blow comb snip bob wave crown fringe shine blonde root tease chair tint clip bang ponytail twist shampoo roots brush dye highlight bangs rapunzel goldilocks crop shag coif do tangle ribbon dryer updo lather strands plait coil afro parting tousle salonist",
  ],
  [
    "barber",
    "barber barbershop beard shave men-grooming grooming moustache",
    "blade razor clip fade trim cut stubble sharp chop whisker lather gent comb chair scissor edge pole shear clean snip stache dapper sideburn whiskered strop neat clipper bristle aftershave brush bay rum slick pomade hone razorback gentleman buzz",
  ],
  [
    "nails",
    "nail manicure pedicure nail-art eyelash lash brow eyebrow waxing",
    "polish tip gloss paint lacquer file hand gel finger varnish lash coat arch flutter shine shade cuticle wink frame curl toe nailed pretty glossy shimmer glitter crimson buffed clip almond claw painted fingertip shellac flirt doe peep batting",
  ],
  [
    "tattoo",
    "tattoo piercing tattooist body-art ink",
    "needle skin ink mark line art black rose inked stencil studio anchor permanent flash sleeve pierce ring dot stud inkwell sailor swallow dagger needlepoint skindeep linework dotwork ornate stigma crow indelible sketch flesh",
  ],
  [
    "perfume",
    "perfume fragrance scent cologne perfumery",
    "note aroma essence mist musk bloom amber spritz petal bottle eau jasmine oud nose whiff drop veil trail rose bouquet cedar atomizer atomize whisper vapor citrus vetiver sandalwood sillage aura vanilla flower elixir fleur vial decant accord neroli",
  ],
  [
    "dentist",
    "dentist dental orthodontist teeth tooth braces dentistry",
    "smile bright molar white grin gum bite floss enamel brush shine crown pearl mouth happy straight pearly root incisor canine ivory toothy wisdom plaque whiter gleam sparkle mint toothbrush cavity chew aligner wire biter dent fang tusk brace",
  ],
  [
    "doctor",
    "doctor clinic medical hospital physician healthcare telemedicine telehealth nurse pediatric dermatology patient",
    "care heal pulse med cure health vital well heart remedy wellness steth beacon trust checkup life cross bridge ward visit dose wellbeing scrub bedside heartbeat bandage bandaid scalpel calm temperature mend hippocrates stethoscope housecall caduceus physic kind wellchild rounds gown apple",
  ],
  [
    "pharmacy",
    "pharmacy pharmacist medicine prescription vitamin supplement herbalist apothecary",
    "pill dose remedy tonic mortar capsule heal herb health script well drop cure vital bottle balm tincture pestle root refill relief tablet leaf cross counter herbs salve serum syrup dosage caduceus botanic elixir potion green wellness roots jar chem aspirin soothe",
  ],
  [
    "physio",
    "physiotherapy physio chiropractor rehabilitation osteopath physical-therapy posture injury",
    "spine align move back motion joint balance flex heal body mobility strong restore posture muscle stretch recover limb step knee bone stride bend straight adjust rehab kinetic ligament sinew stand walk pain relief loosen lumbar stronger bounce crack upright vertebra hands movement knot",
  ],
  [
    "therapy",
    "therapy therapist counselling counseling mental-health psychologist coaching psychotherapy grief anxiety",
    "mind calm talk heart bridge listen path hope safe haven clear heal soul light ease still compass balance harbor gentle couch breathe thought kind anchor within willow clearing lighthouse anew inner shore growth bloom dawn rise lantern courage quiet unburden lift untangle knot mend heartspace thread tides ground refuge hear rooted renewal peace hold",
  ],
  [
    "optician",
    "optician eyewear glasses eye optometrist sunglasses lens",
    "vision see sight focus clear frame look lens view spectacle iris spec specs shade bright lash blink pupil gaze sharp monocle insight peer 2020 clarity rim horn eyeful retina wink visionary bifocal optic prism looking seethrough eyelid eyesight beholder crystal sightline",
  ],
  [
    "elder-care",
    "elderly senior home-care caregiver nursing-home carer aging retirement dementia assisted-living",
    "golden silver care companion gentle evergreen comfort grace hand kind haven harbor autumn heart home nest warm wise legacy grand dignity neighbor oak sage age twilight blossom cherish tender porch story sunset ease well kindly visit cardigan rocking tea fireside willow arms everyday steady hearth presence harvest",
  ],
  [
    "childcare",
    "childcare daycare kindergarten preschool nanny babysitter babysitting creche playgroup",
    "little tiny sprout play giggle bloom nest sunshine rainbow cub kid star acorn bright cuddle crayon tot block hand hop buddy bee sandbox puddle nap pebble seedling daisy teddy sandcastle storytime duckling hopscotch ladybug chick balloon toybox skip tumble rhyme doodle mitten explore nursery kinder wonder treehouse caterpillar butterfly finger paint fledgling nestling minder hug lunchbox splash",
  ],
  [
    "fashion",
    "fashion clothing boutique clothes apparel dress garment designer wardrobe outfit streetwear lingerie",
    "thread stitch style chic wear vogue silk hem cotton drape fit runway velvet lace collar hanger sleeve closet pleat couture label dress seam mode wardrobe satin fabric denim rack muse ensemble catwalk suit skirt gown tweed blouse needle ruffle button mannequin bespoke trend attire threads ribbon lookbook loom cloth tulle chiffon glam lapel coat jacket knit cuff pocket swan",
  ],
  [
    "tailor",
    "tailor sewing seamstress alteration suit dressmaker embroidery haberdashery bespoke mending mend",
    "stitch thread needle hem seam thimble fit cut cloth measure bobbin button patch pin tape fabric cuff spool pleat pattern tuck lapel sew snip chalk inch pinstripe buttonhole bolt savile waistcoat dart pincushion jacket gown zip trouser pants worsted tux darn patchwork mended lining",
  ],
  [
    "knitting",
    "knitting yarn wool crochet weaving textile fabric spinning loom quilting fiber fibre",
    "knit purl stitch thread spun twist skein fleece loom woven needle hook weave ball sheep spindle spool warp weft cozy knot dye cast patch hank lamb woolly tangle woolgather merino alpaca angora castoff cable garter purling basket mohair mitten scarf sweater ply cardigan knots button tapestry shawl ewe flock stash plied heddle",
  ],
  [
    "shoes",
    "shoe footwear sneaker boot cobbler shoemaker sandal heel",
    "sole step lace stride foot walk heel toe tread leather last stitch kick pace arch strut path buckle tongue tap print resole awl pair laces heeltoe cobble footprint strider tiptoe loafer oxford brogue clog trek slip welt insole patina boots pitter",
  ],
  [
    "leather",
    "leather leatherwork bag handbag wallet saddle luggage suitcase backpack belt purse",
    "hide stitch tan strap grain buckle craft clasp carry tote rivet stow pouch pocket zip needle saddle tuck haul rein clutch satchel bridle tannery harness oxhide cowhide patina buckskin rugged awl saddler bovine handle brass holster zipper rucksack carryall voyage",
  ],
  [
    "jewelry",
    "jewelry jewellery jeweller jeweler ring necklace diamond gold silver earring goldsmith gem bracelet watchmaker watch",
    "gem sparkle shine pearl charm carat glint band link facet stone ruby jade locket crown bead opal glitter clasp chain amber facet luster tick dial hour sapphire lumen forge precious hand gear spring bangle brooch pendant glimmer gilded bezel twinkle shimmer prong anvil tiara bauble heirloom aura stud jewel emerald garnet moonstone solitaire stellar cuff halo lucky clockwork escapement chime ticktock second minute mainspring cog movement pinion",
  ],
  [
    "hats",
    "hat millinery cap beanie scarf glove",
    "brim crown felt feather top band tip straw wool head fedora bow warm derby bonnet pom tweed milliner beret veil panama boater cloche stitch knit cozy mitten feathered lid tall topper",
  ],
];

import type { ConceptSource } from "./concept.ts";

/** Money, law, offices, machines, software and transport. */
export const commerce: readonly ConceptSource[] = [
  [
    "accounting",
    "accountant accounting bookkeeping bookkeeper tax payroll audit invoice invoicing",
    "ledger balance count sum book penny number column figure asset entry tally calc coin abacus credit debit tidy sheet receipt add return file bean bill paper total ledgerline decimal equation figures clear bottomline countable ducat pennywise yearend sheets reckon quill shoebox books balanced sums tick accurate",
  ],
  [
    "finance",
    "finance financial investment investing wealth bank banking fund pension budgeting fintech loan credit money savings saving stock budget",
    "coin capital growth asset nest vault equity trust penny bull yield wallet mint cash compound ledger future safe sow rise gold harbor anchor dividend cent jar piggy acorn nickel dime pound bullion treasury silver golden steady trellis seed harvest bloom compass steward squirrel nestegg purse fortune interest ladder pocket abacus sum shilling profit piggybank bridge",
  ],
  [
    "insurance",
    "insurance insurer insure coverage risk",
    "shield safe cover umbrella guard trust secure policy protect peace harbor anchor haven assure net bridge safety parachute canopy buffer cushion blanket bulwark guardrail armour bastion roof promise backup steady",
  ],
  [
    "law",
    "law lawyer legal attorney solicitor notary paralegal contract litigation mediation",
    "justice right court gavel counsel brief clause bench scale trust case claim just verdict advocate bar seal pillar deed resolve settle oath bridge juris lex themis robe docket writ statute equity plea ink signature equal code pact accord truth balance quill",
  ],
  [
    "consulting",
    "consulting consultant consultancy advisory strategy management business-coaching mentor mentoring coach",
    "insight path advise lens bridge edge compass guide plan clarity growth think summit north vision lead catalyst pivot strategy wise steer spark sharp lighthouse blueprint roadmap beacon northstar lever horizon mind chart helm pilot sharpen elevate clear upward ascend ladder acumen whiteboard chess sherpa navigate",
  ],
  [
    "marketing",
    "marketing advertising branding agency social-media promotion seo copywriting influencer pr advertise copywriter newsletter",
    "brand buzz reach spark click pitch story ad voice signal loud hype viral copy amplify engage pen echo megaphone launch campaign boost trend word rank ink spot hook wordsmith billboard headline soundbite pixel hashtag storyteller tagline magnet shout wave loudspeaker audience orbit funnel lift tweet bold bang pop loop stir catchy ripple quill typewriter comma phrase page read",
  ],
  [
    "design",
    "graphic-design designer design logo illustration illustrator creative typography branding",
    "pixel ink form shape line draw sketch palette studio color vector grid canvas creative pen type craft font stroke serif draft doodle layer pencil easel curve ratio hue layout artboard bezier nib glyph kern mark kerning whitespace sign paper contrast eye stylus blank crayon",
  ],
  [
    "printing",
    "printing print printer letterpress screen-printing 3d-printing poster sticker signage stationery sign",
    "ink press page paper type stamp copy layer plate color roller dot sheet font mark filament fold fiber glyph banner vinyl label post board nozzle inkjet inked imprint gutenberg proof cmyk squeegee mesh letter embossed bold wood layered extrude sculpt",
  ],
  [
    "stationery",
    "stationery notebook paper calligraphy pen journal greeting-card card planner bookbinding bookbinder",
    "ink page write letter note quill leaf nib paper fold scribe script desk pencil stamp envelope binding pulp doodle scroll spine stitch wish blank cursive seal inkwell scribble papyrus bound parchment margin postcard fountain swirl penned dot ruled sealed wax folio flourish",
  ],
  [
    "photography",
    "photography photographer photo wedding-photography portrait camera film videography videographer video",
    "lens shutter frame focus snap light pixel flash capture moment aperture click view shot picture exposure develop iris reel image memory still scene golden zoom darkroom motion snapshot tripod candid polaroid negative smile bokeh lightbox goldenhour keepsake album shutterbug chroma lumen sunlit fstop captured clip timeless wink",
  ],
  [
    "film",
    "film cinema movie video production animation animator theatre theater streaming drama",
    "reel frame scene screen light cut action motion stage lens curtain script story studio projector take popcorn spotlight play pixel act show balcony matinee applause cue clapper premiere footage storyboard director celluloid picture marquee backstage playhouse limelight wings prop keyframe screenplay silver bigscreen puppet mask",
  ],
  [
    "music",
    "music musician guitar piano band instrument record recording-studio vinyl dj concert song drum violin singing choir luthier singer",
    "note chord beat tune string melody rhythm sound key tempo bass harmony echo fret riff groove pitch treble strum amp spin sonic octave vibe wave bow lyric hum clef track needle jam voice encore pick chorus ballad sonata ensemble crescendo duet rock jazz blues lyre resonance metronome allegro forte timbre orchestra minor major fiddle wood stringed tonewood backbeat turntable crate wax ivory hammer aria vocal alto soprano scale opus maestro tuning tuneful",
  ],
  [
    "podcast",
    "podcast audio radio broadcasting voiceover sound audiobook",
    "wave mic voice echo talk cast pod listen tune speak airwave signal ear sonic studio story frequency hear air volume headphone hush chatter earful tunein mike amplify recorder loud voices tell",
  ],
  [
    "art",
    "art artist gallery painting sculpture pottery ceramics ceramic potter craft drawing watercolor mural",
    "brush canvas clay kiln color easel ink palette studio hue glaze wheel muse stroke mold earth hand sketch frame pigment slip thrown fire chisel vase bowl form spin wall spray mud creative kilnfire mosaic throw vivid chroma stoneware porcelain earthenware terracotta clayworks handmade vessel bisque brushstroke impression sculpt carve pastel charcoal atelier gesso bright",
  ],
  [
    "glass",
    "glass stained-glass glassblowing mirror window glazier glazing",
    "pane light clear crystal shard reflect prism blow sheen furnace molten color lume lead kiln see view glaze sand bubble gleam blown shimmer spectrum shine fragile glint stain rainbow goblet cathedral luster ripple cutter",
  ],
  [
    "metalwork",
    "blacksmith metalwork welding welder forge foundry steel ironwork metal machining fabrication machinist cnc",
    "iron anvil hammer spark steel forge arc torch ember bolt flame alloy smith weld heat metal fuse gear mill rivet lathe precision bead copper temper cast chip furnace ore tong hearth vulcan hephaestus bellows molten tempered glow tig slag seam fusion wrought ironclad sparks hammered blade steelyard ingot brazen micron spindle tolerance",
  ],
  [
    "books",
    "book bookshop bookstore library publisher publishing reading literature novel author writer writing comic",
    "page shelf story read chapter tale ink spine word leaf plot paper prose novel cover quill reader bookmark verse margin nook lit fable turn bound bookworm hero panel saga bookend paperback hardcover scribe dusty folio fiction storybook bibliophile inkling parchment epic tome volume booknook dogear wordsmith poetry rhyme storyline narrator muse opening fairytale foreword prologue",
  ],
  [
    "education",
    "school education tutoring tutor learning course teacher teaching student academy math exam study homework classroom lesson college university stem",
    "learn class bright mind grade chalk scholar brain lesson spark study path board quiz pupil apple bell ladder desk smart know bloom wise owl mentor think genius sum lamp master prep equation ace notebook sharp scholarly pencil whiteboard lightbulb curious wonder alphabet abacus wisdom crayon gown cap beaker sprout steps excel brilliance eureka grow understand discovery homeroom textbook curriculum chapter ruler plus root sage fraction spell aha inkwell",
  ],
  [
    "languages",
    "language translation translator interpreter linguist english spanish french multilingual bilingual",
    "word speak tongue lingo lingua talk babel fluent verb phrase voice bridge say hello polyglot accent hola bonjour chat global parlez dialect vocab parley phonetic babble alphabet vowel syllable rosetta mothertongue passport dialogue talkative conversa universal hablar sprechen ciao salut meaning",
  ],
  [
    "coding-school",
    "coding programming code robotics robot computer-science developer-training",
    "byte bit code pixel logic loop bot script hack circuit kid learn lab stack spark gear debug build bolt syntax droid wire function python binary variable debugger bug maker algorithm tinker block curious junior brainy sprite cursor keyboard",
  ],
  [
    "software",
    "software app saas platform developer web website app-development programming tech startup application api cloud online dashboard",
    "code byte stack pixel dev bit logic cloud sync flow loop node hub deploy web script forge data launch grid click build cyber core digital git app dash stackable module kernel compile widget server function command terminal pixelated bug sprint beta release framework cursor source pipeline workflow portal dock bits tab render",
  ],
  [
    "ai",
    "ai artificial-intelligence machine-learning chatbot automation automate algorithm neural",
    "mind bot neural brain think auto smart logic deep cortex intel cogni synapse learn genius spark data sense flow pilot agent cerebral turing oracle predict adapt perceptron cognitive sage signal model neuron brainy wit whiz assistant copilot autopilot",
  ],
  [
    "data",
    "data analytics database statistics dashboard research survey insight visualisation visualization",
    "metric chart graph number insight query pulse signal stat lens table trend pattern point stream plot measure lake sense track statistic sum beacon dig mine column dot trace funnel radar compass scope pivot cluster",
  ],
  [
    "cybersecurity",
    "cybersecurity security-awareness phishing-awareness penetration-testing hacker firewall encryption privacy password antivirus vpn hacking phishing",
    "shield lock guard cipher vault safe secure wall key hook bait byte sentinel hash armor watch root net fort keep trust patch crypt wary click spot inbox alert drill white-hat defend fortress breach stronghold barrier detect crypto bastion perimeter watchtower ghost aegis bug threat hoax lure reel hooked tackle catch decoy suspicious thinktwice aware spam",
  ],
  [
    "hosting",
    "hosting server domain internet broadband network telecom wifi fiber it-support",
    "node rack link net cloud wave signal grid stack ping bit connect web uptime stream byte beam bridge route port fast datacenter uplink packet antenna wireless cable gigabit modem switch bandwidth backbone tower hertz socket online",
  ],
  [
    "electronics",
    "electronics computer phone smartphone laptop gadget phone-repair screen-repair computer-repair",
    "chip circuit pixel fix screen byte plug volt tech bit crack solder board reboot swap battery mend glass pad doctor wire tap cell motherboard restore microchip silicon revive display unlock cracked toolkit diode resistor soldering fixit touch ohm",
  ],
  [
    "smart-home",
    "smart-home iot sensor thermostat connected wearable",
    "sense home hub pulse signal link auto nest wave switch glow touch node remote intel aura wire automate voice dwell comfort alert",
  ],
  [
    "gaming",
    "game gaming video-game esports board-game arcade gamer puzzle console escape-room tabletop card-game",
    "play pixel level quest dice pawn joystick token player score arcade piece roll boss respawn meeple clue riddle key board checkmate knight turn loot hex start lock jigsaw controller rook deck combo spawn dungeon wizard dragon ludo domino victory chess trivia ace checkpoint guild retro coin lobby card shuffle deal lockbox cipher escape mystery maze tile roundtable",
  ],
  [
    "toys",
    "toy toys playground puppet doll toymaker plush wooden-toys plaything kids-toys",
    "play fun block teddy puzzle giggle tin kite whistle spin hop rocket bear imagine whimsy wood jolly button string top train bounce yoyo marble joy rattle slide swing wooden playroom blocks jackinthebox carousel marionette dino toybox playhouse pull carve tinker wonderland rocking spinning jester bricks rainbow sandbox tumble",
  ],
  [
    "events",
    "event event-planning party wedding wedding-planner planner birthday celebration festival conference venue bridal",
    "celebrate confetti toast ring vow gather bloom bash cheer bliss sparkle moment feast lace aisle ribbon balloon veil bell knot dance banner fete altar forever gala spark bride occasion guest fiesta soiree gathering cake bouquet ivory champagne fireworks sparkler ceremony rendezvous dj music lights hostess golden memory delight everafter vows gown tulle petal ido festoon garland jubilee hooray merry",
  ],
  [
    "dating",
    "dating matchmaking matchmaker singles romance marriage relationship",
    "heart match spark love cupid date flame kindle pair hello two duo crush meet chemistry arrow kiss click together bond soulmate couple flirt swipe moonlight affection rose lovebird sweetheart smitten",
  ],
  [
    "gifts",
    "gift present gift-shop hamper gift-box souvenir subscription-box greeting subscription",
    "wrap ribbon box bow surprise joy delight parcel treat give token thank tag basket unwrap bundle crate smile keepsake thoughtful bouquet happy card unbox goodie wrapping bowtie charm package happiness festive postbox gifting merry",
  ],
  [
    "secondhand",
    "secondhand second-hand thrift vintage antique flea-market consignment pre-loved retro antiques charity-shop",
    "again retro relic attic treasure find gem time dust patina rare loved hunt trove encore past new reborn twice rack old classic timeless curio bygone trunk handmedown nostalgia closet found keepsake heirloom garage rewear thrifted rummage revival spin once yesteryear worn charm recycle stash loop",
  ],
  [
    "car-repair",
    "car mechanic garage auto automotive auto-repair tire tyre vehicle car-repair oil-change bodywork body-shop",
    "gear wrench engine motor piston wheel torque axle drive spark bolt brake clutch tune lube tread fix shift road throttle lug pit rev grease nut gasket dent spanner under hood carburetor crank tailpipe radiator dipstick hubcap exhaust turbo cylinder horsepower ignition bumper roadside tow jack pitstop alignment overhaul paint panel",
  ],
  [
    "car-wash",
    "car-wash detailing valeting car-detailing",
    "shine gloss wax bubble polish gleam foam suds buff drip clean spray rinse mirror sparkle wheel splash foamy squeaky sponge chamois sudsy sheen hose showroom",
  ],
  [
    "car-sales",
    "dealership car-rental car-hire used-car car-sharing driving-school driving electric-vehicle charging motorbike motorcycle",
    "drive road wheel key motor ride lane gear auto route clutch license charge volt plug shift throttle rev cruise turn mirror highway steer chrome learner mile signal pass ignition wheelhouse lot showroom motors mileage testdrive keyring rider helmet piston twist pillion gearbox kilowatt amp parking greenlight rearview",
  ],
  [
    "taxi",
    "taxi cab ride chauffeur limousine shuttle rideshare bus coach transport carpool",
    "wheel go ride drive road route fare lift arrive lane seat meter city hop swift way door street stop commute glide yellow backseat pickup hail zip traffic trip passenger black limo",
  ],
  [
    "trucking",
    "trucking logistics freight courier shipping delivery haulage cargo warehouse escort oversized parcel transport mover supply-chain pallet dispatch",
    "haul load road route wheel box truck fleet dock swift express carry pack post mile lane run ship convoy wide pilot crate flag drop way bridge send rush track heavy speed axle port heft dash wing bolt diesel trailer rig freightway roadway highway longhaul container transit steady loaded beacon amber titan oversize broad mammoth lead giant heavyweight doorstep van hermes mercury wheelbarrow",
  ],
  [
    "railway",
    "train railway rail tram locomotive model-railway",
    "track station steam whistle ticket carriage platform express rail engine sleeper signal whistlestop coach line gauge switch caboose railcar buffer junction choo choochoo puff trackside boxcar conductor loco depot signalbox spike",
  ],
  [
    "retail",
    "shop store retail boutique e-commerce ecommerce marketplace online-shop emporium",
    "cart shelf market corner bag bazaar basket buy trade counter find window bay trove checkout aisle merchant tag stall wares vendor goods",
  ],
  [
    "coworking",
    "coworking office workspace desk shared-office meeting-room remote-work freelancer freelance",
    "desk hive hub work loft space share nest nook collab room bench focus brew den laptop buzz quiet together roundtable workbee desktop huddle corner hum beehive coffee cubicle docking deskspace common hotdesk",
  ],
  [
    "recruiting",
    "recruiting recruitment hiring staffing job career resume headhunter employment hr talent",
    "hire talent match path role bridge work ladder lead scout team seat cv desk climb hunt people launch fit next step shift crew handshake shortlist candidate headhunt interview onboard stepping peopled hello compass magnet",
  ],
  [
    "nonprofit",
    "nonprofit charity volunteer donation foundation community fundraising shelter food-bank social-enterprise",
    "hope give heart hand kind bridge together share light lift care unite circle neighbor helping table open root common change roof outreach kindness lend heartfelt uplift beacon giving warm nourish embrace pantry ripple sow meal unity",
  ],
  [
    "manufacturing",
    "factory manufacturing industrial production machinery manufacture packaging equipment supplier plastic",
    "gear forge mill steel press build machine bolt assembly make cog line mold works pack crate part box wrap seal carton engine craft conveyor precision rivet foundry piston lathe molding die stamp cast ingot fabricate cogwheel label fold tape",
  ],
  [
    "engineering",
    "engineering engineer architecture architect surveying surveyor structural blueprint drafting prototype",
    "beam arch blueprint form line build structure plan span bridge grid draft axis plumb level scale pillar angle facade vertex sketch compass vault space truss height trestle keystone girder cantilever tower lintel column cornerstone slide protractor theodolite caliper datum atrium load",
  ],
  [
    "mining",
    "quarry mining stone gravel sand mineral crystal geology geologist fossil explosive explosives",
    "rock gem dig pit vein core boulder strata seam blast quartz ore drill deep crush layer earth granite marble pick amethyst bedrock cave slate cavern pickaxe lode prospector agate geode basalt limestone nugget blasting fuse detonator spark charge boom quake shaft tunnel quartzite",
  ],
  [
    "science",
    "laboratory science research biotech chemistry microscope biology testing lab",
    "atom cell gene lab molecule helix flask beaker quantum spark formula test proto element reaction bond nucleus genome vial culture eureka hypothesis pipette neutron proton fission plasma bunsen telescope curie newton testtube petri enzyme catalyst bio lens slide",
  ],
  [
    "funeral",
    "funeral memorial undertaker cremation cemetery urn headstone",
    "rest peace lily memory light grace eternal remember farewell dove gentle willow dignity forever stone candle quiet still departed solace candlelight tribute heaven rose keepsake requiem vale heart garden",
  ],
  [
    "religious",
    "church spiritual faith astrology tarot psychic crystal-healing zodiac",
    "soul spirit moon star light oracle mystic aura card grace destiny cosmic lotus sage sign halo hope fate blessing pilgrim chapel steeple psalm venus mercury lunar amethyst ritual moonstone seer",
  ],
  [
    "news",
    "news newspaper magazine journalism blog media journalist",
    "press daily headline post times story page ink wire report herald scoop column beat dispatch byline gazette chronicle voice bulletin newsroom typeset courier editor inkwell insider digest tribune",
  ],
  [
    "cannabis-hemp",
    "hemp cbd",
    "leaf calm green oil drop herb root bud tincture relief fiber stalk rope weave seed field flax plant natural",
  ],
  [
    "vending",
    "vending vending-machine snack",
    "coin slot snack bite crunch grab drop push button chip munch nibble refill machine quick coinbox crunchy tray hungry fuel",
  ],
  [
    "crafts",
    "craft handmade diy artisan handcrafted maker workshop beading origami scrapbook macrame basket",
    "hand make stitch knot bead thread glue paper fold weave maker loop craft loom twine woven wick reed bench willow clay scissors yarn paint scissor handspun felt sew button paperclip crane pinecone whittle brush homespun handcraft weaver plait cane rush lattice",
  ],
  [
    "kites-magic",
    "magic magician circus clown entertainer juggling balloon-artist performer comedy",
    "wand trick hat card abra vanish wonder rabbit spell spark tent juggle trapeze laugh giggle mystic poof jest show ring stage cape cup hocus pocus presto illusion cards mystery sleight juggler jester kite breeze tail string soar confetti hatful ace balloon twist comic mic punchline",
  ],
  [
    "chess",
    "chess club hobby collectors stamp coin-collecting collectible",
    "knight rook king queen pawn board check mate bishop gambit move castle album mint stamp rare collector set checkmate opening endgame rank crown numismatic postage stash vault",
  ],
  [
    "genealogy",
    "genealogy ancestry family-history dna",
    "root tree branch kin past line heritage kindred lineage trace gene story generation ancestor roots oak treeline grandpa portrait chart namesake origin forebear",
  ],
];

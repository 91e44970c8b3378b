import type { ConceptSource } from "./concept.ts";

/** Money, law, offices, machines, software and transport. */
export const commerce: readonly ConceptSource[] = [
  [
    "accounting",
    "accountant accounting bookkeeping bookkeeper tax payroll audit invoice invoicing",
    "ledger balance count sum book penny number column figure asset entry tally calc coin abacus credit debit tidy sheet receipt add return file bean bill paper total",
  ],
  [
    "finance",
    "finance financial investment investing wealth bank banking fund pension budgeting fintech loan credit money savings saving stock budget",
    "coin capital growth asset nest vault equity trust penny bull yield wallet mint cash compound ledger future safe sow rise gold harbor anchor dividend cent jar piggy acorn",
  ],
  [
    "insurance",
    "insurance insurer insure coverage risk",
    "shield safe cover umbrella guard trust secure policy protect peace harbor anchor haven assure net bridge",
  ],
  [
    "law",
    "law lawyer legal attorney solicitor notary paralegal contract litigation mediation",
    "justice right court gavel counsel brief clause bench scale trust case claim just verdict advocate bar seal pillar deed resolve settle oath bridge",
  ],
  [
    "consulting",
    "consulting consultant consultancy advisory strategy management business-coaching mentor mentoring coach",
    "insight path advise lens bridge edge compass guide plan clarity growth think summit north vision lead catalyst pivot strategy wise steer spark sharp",
  ],
  [
    "marketing",
    "marketing advertising branding agency social-media promotion seo copywriting influencer pr advertise copywriter newsletter",
    "brand buzz reach spark click pitch story ad voice signal loud hype viral copy amplify engage pen echo megaphone launch campaign boost trend word rank ink spot hook wordsmith",
  ],
  [
    "design",
    "graphic-design designer design logo illustration illustrator creative typography branding",
    "pixel ink form shape line draw sketch palette studio color vector grid canvas creative pen type craft font stroke serif draft doodle layer pencil",
  ],
  [
    "printing",
    "printing print printer letterpress screen-printing 3d-printing poster sticker signage stationery sign",
    "ink press page paper type stamp copy layer plate color roller dot sheet font mark filament fold fiber glyph banner vinyl label post board nozzle",
  ],
  [
    "stationery",
    "stationery notebook paper calligraphy pen journal greeting-card card planner bookbinding bookbinder",
    "ink page write letter note quill leaf nib paper fold scribe script desk pencil stamp envelope binding pulp doodle scroll spine stitch wish blank cursive seal",
  ],
  [
    "photography",
    "photography photographer photo wedding-photography portrait camera film videography videographer video",
    "lens shutter frame focus snap light pixel flash capture moment aperture click view shot picture exposure develop iris reel image memory still scene golden zoom darkroom motion",
  ],
  [
    "film",
    "film cinema movie video production animation animator theatre theater streaming drama",
    "reel frame scene screen light cut action motion stage lens curtain script story studio projector take popcorn spotlight play pixel act show balcony matinee applause cue",
  ],
  [
    "music",
    "music musician guitar piano band instrument record recording-studio vinyl dj concert song drum violin singing choir luthier singer",
    "note chord beat tune string melody rhythm sound key tempo bass harmony echo fret riff groove pitch treble strum amp spin sonic octave vibe wave bow lyric hum clef track needle jam voice encore pick",
  ],
  [
    "podcast",
    "podcast audio radio broadcasting voiceover sound audiobook",
    "wave mic voice echo talk cast pod listen tune speak airwave signal ear sonic studio story frequency hear air volume",
  ],
  [
    "art",
    "art artist gallery painting sculpture pottery ceramics ceramic potter craft drawing watercolor mural",
    "brush canvas clay kiln color easel ink palette studio hue glaze wheel muse stroke mold earth hand sketch frame pigment slip thrown fire chisel vase bowl form spin wall spray mud creative",
  ],
  [
    "glass",
    "glass stained-glass glassblowing mirror window glazier glazing",
    "pane light clear crystal shard reflect prism blow sheen furnace molten color lume lead kiln see view glaze sand bubble",
  ],
  [
    "metalwork",
    "blacksmith metalwork welding welder forge foundry steel ironwork metal machining fabrication machinist cnc",
    "iron anvil hammer spark steel forge arc torch ember bolt flame alloy smith weld heat metal fuse gear mill rivet lathe precision bead copper temper cast chip",
  ],
  [
    "books",
    "book bookshop bookstore library publisher publishing reading literature novel author writer writing comic",
    "page shelf story read chapter tale ink spine word leaf plot paper prose novel cover quill reader bookmark verse margin nook lit fable turn bound bookworm hero panel saga",
  ],
  [
    "education",
    "school education tutoring tutor learning course teacher teaching student academy math exam study homework classroom lesson college university stem",
    "learn class bright mind grade chalk scholar brain lesson spark study path board quiz pupil apple bell ladder desk smart know bloom wise owl mentor think genius sum lamp master prep equation ace notebook sharp",
  ],
  [
    "languages",
    "language translation translator interpreter linguist english spanish french multilingual bilingual",
    "word speak tongue lingo lingua talk babel fluent verb phrase voice bridge say hello polyglot accent hola bonjour chat global parlez dialect vocab",
  ],
  [
    "coding-school",
    "coding programming code robotics robot computer-science developer-training",
    "byte bit code pixel logic loop bot script hack circuit kid learn lab stack spark gear debug build bolt syntax droid wire function",
  ],
  [
    "software",
    "software app saas platform developer web website app-development programming tech startup application api cloud online dashboard",
    "code byte stack pixel dev bit logic cloud sync flow loop node hub deploy web script forge data launch grid click build cyber core digital git app dash",
  ],
  [
    "ai",
    "ai artificial-intelligence machine-learning chatbot automation automate algorithm neural",
    "mind bot neural brain think auto smart logic deep cortex intel cogni synapse learn genius spark data sense flow pilot agent",
  ],
  [
    "data",
    "data analytics database statistics dashboard research survey insight visualisation visualization",
    "metric chart graph number insight query pulse signal stat lens table trend pattern point stream plot measure lake sense track",
  ],
  [
    "cybersecurity",
    "cybersecurity security-awareness phishing-awareness penetration-testing hacker firewall encryption privacy password antivirus vpn hacking phishing",
    "shield lock guard cipher vault safe secure wall key hook bait byte sentinel hash armor watch root net fort keep trust patch crypt wary click spot inbox alert drill white-hat defend",
  ],
  [
    "hosting",
    "hosting server domain internet broadband network telecom wifi fiber it-support",
    "node rack link net cloud wave signal grid stack ping bit connect web uptime stream byte beam bridge route port fast",
  ],
  [
    "electronics",
    "electronics computer phone smartphone laptop gadget phone-repair screen-repair computer-repair",
    "chip circuit pixel fix screen byte plug volt tech bit crack solder board reboot swap battery mend glass pad doctor wire tap cell",
  ],
  [
    "smart-home",
    "smart-home iot sensor thermostat connected wearable",
    "sense home hub pulse signal link auto nest wave switch glow touch node remote intel aura wire",
  ],
  [
    "gaming",
    "game gaming video-game esports board-game arcade gamer puzzle console escape-room tabletop card-game",
    "play pixel level quest dice pawn joystick token player score arcade piece roll boss respawn meeple clue riddle key board checkmate knight turn loot hex start lock jigsaw controller rook deck",
  ],
  [
    "toys",
    "toy toys playground puppet doll toymaker plush wooden-toys plaything kids-toys",
    "play fun block teddy puzzle giggle tin kite whistle spin hop rocket bear imagine whimsy wood jolly button string top train bounce yoyo marble joy rattle slide swing",
  ],
  [
    "events",
    "event event-planning party wedding wedding-planner planner birthday celebration festival conference venue bridal",
    "celebrate confetti toast ring vow gather bloom bash cheer bliss sparkle moment feast lace aisle ribbon balloon veil bell knot dance banner fete altar forever gala spark bride occasion guest",
  ],
  [
    "dating",
    "dating matchmaking matchmaker singles romance marriage relationship",
    "heart match spark love cupid date flame kindle pair hello two duo crush meet chemistry arrow kiss click together bond",
  ],
  [
    "gifts",
    "gift present gift-shop hamper gift-box souvenir subscription-box greeting subscription",
    "wrap ribbon box bow surprise joy delight parcel treat give token thank tag basket unwrap bundle crate smile keepsake thoughtful",
  ],
  [
    "secondhand",
    "secondhand second-hand thrift vintage antique flea-market consignment pre-loved retro antiques charity-shop",
    "again retro relic attic treasure find gem time dust patina rare loved hunt trove encore past new reborn twice rack old classic timeless curio bygone trunk",
  ],
  [
    "car-repair",
    "car mechanic garage auto automotive auto-repair tire tyre vehicle car-repair oil-change bodywork body-shop",
    "gear wrench engine motor piston wheel torque axle drive spark bolt brake clutch tune lube tread fix shift road throttle lug pit rev grease nut gasket dent spanner under hood",
  ],
  [
    "car-wash",
    "car-wash detailing valeting car-detailing",
    "shine gloss wax bubble polish gleam foam suds buff drip clean spray rinse mirror sparkle wheel splash",
  ],
  [
    "car-sales",
    "dealership car-rental car-hire used-car car-sharing driving-school driving electric-vehicle charging motorbike motorcycle",
    "drive road wheel key motor ride lane gear auto route clutch license charge volt plug shift throttle rev cruise turn mirror highway steer chrome learner mile signal pass",
  ],
  [
    "taxi",
    "taxi cab ride chauffeur limousine shuttle rideshare bus coach transport carpool",
    "wheel go ride drive road route fare lift arrive lane seat meter city hop swift way door street stop commute glide",
  ],
  [
    "trucking",
    "trucking logistics freight courier shipping delivery haulage cargo warehouse escort oversized parcel transport mover supply-chain pallet dispatch",
    "haul load road route wheel box truck fleet dock swift express carry pack post mile lane run ship convoy wide pilot crate flag drop way bridge send rush track heavy speed axle port heft dash wing bolt",
  ],
  [
    "railway",
    "train railway rail tram locomotive model-railway",
    "track station steam whistle ticket carriage platform express rail engine sleeper signal whistlestop coach line gauge switch caboose",
  ],
  [
    "retail",
    "shop store retail boutique e-commerce ecommerce marketplace online-shop emporium",
    "cart shelf market corner bag bazaar basket buy trade counter find window bay trove",
  ],
  [
    "coworking",
    "coworking office workspace desk shared-office meeting-room remote-work freelancer freelance",
    "desk hive hub work loft space share nest nook collab room bench focus brew den laptop buzz quiet together",
  ],
  [
    "recruiting",
    "recruiting recruitment hiring staffing job career resume headhunter employment hr talent",
    "hire talent match path role bridge work ladder lead scout team seat cv desk climb hunt people launch fit next step shift crew",
  ],
  [
    "nonprofit",
    "nonprofit charity volunteer donation foundation community fundraising shelter food-bank social-enterprise",
    "hope give heart hand kind bridge together share light lift care unite circle neighbor helping table open root common change roof",
  ],
  [
    "manufacturing",
    "factory manufacturing industrial production machinery manufacture packaging equipment supplier plastic",
    "gear forge mill steel press build machine bolt assembly make cog line mold works pack crate part box wrap seal carton engine craft",
  ],
  [
    "engineering",
    "engineering engineer architecture architect surveying surveyor structural blueprint drafting prototype",
    "beam arch blueprint form line build structure plan span bridge grid draft axis plumb level scale pillar angle facade vertex sketch compass vault space truss height",
  ],
  [
    "mining",
    "quarry mining stone gravel sand mineral crystal geology geologist fossil explosive explosives",
    "rock gem dig pit vein core boulder strata seam blast quartz ore drill deep crush layer earth granite marble pick amethyst bedrock cave",
  ],
  [
    "science",
    "laboratory science research biotech chemistry microscope biology testing lab",
    "atom cell gene lab molecule helix flask beaker quantum spark formula test proto element reaction bond nucleus genome vial culture",
  ],
  [
    "funeral",
    "funeral memorial undertaker cremation cemetery urn headstone",
    "rest peace lily memory light grace eternal remember farewell dove gentle willow dignity forever stone candle quiet still",
  ],
  [
    "religious",
    "church spiritual faith astrology tarot psychic crystal-healing zodiac",
    "soul spirit moon star light oracle mystic aura card grace destiny cosmic lotus sage sign halo hope fate",
  ],
  [
    "news",
    "news newspaper magazine journalism blog media journalist",
    "press daily headline post times story page ink wire report herald scoop column beat dispatch byline gazette chronicle voice bulletin",
  ],
  ["cannabis-hemp", "hemp cbd", "leaf calm green oil drop herb root bud tincture relief fiber stalk"],
  [
    "vending",
    "vending vending-machine snack",
    "coin slot snack bite crunch grab drop push button chip munch nibble refill",
  ],
  [
    "crafts",
    "craft handmade diy artisan handcrafted maker workshop beading origami scrapbook macrame basket",
    "hand make stitch knot bead thread glue paper fold weave maker loop craft loom twine woven wick reed bench willow clay scissors",
  ],
  [
    "kites-magic",
    "magic magician circus clown entertainer juggling balloon-artist performer comedy",
    "wand trick hat card abra vanish wonder rabbit spell spark tent juggle trapeze laugh giggle mystic poof jest show ring stage cape cup",
  ],
  [
    "chess",
    "chess club hobby collectors stamp coin-collecting collectible",
    "knight rook king queen pawn board check mate bishop gambit move castle album mint stamp rare collector set",
  ],
  [
    "genealogy",
    "genealogy ancestry family-history dna",
    "root tree branch kin past line heritage kindred lineage trace gene story generation",
  ],
];

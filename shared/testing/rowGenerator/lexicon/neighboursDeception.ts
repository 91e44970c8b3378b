import { type Business, businesses } from "./business.ts";

const forgedDocuments = businesses("forged-documents", [
  "passport photo studio, visa photo booth | passport photos, visa pictures | shoot, print | travellers, babies",
  "visa application adviser, residence permit helpdesk | visa forms, permit renewals, appointments | fill in, check | students, engineers",
  "blacksmith forge, artist's forge | gates, forged hooks, iron railings | forge, mend | farms, hotels",
  "diploma framing shop, certificate framer | diplomas, certificates, oak frames | frame, restore | graduates, clinics",
  "identity check software firm, document scanner startup | passport scanners, forgery checks | build, license | banks, airports",
  "signature stamp maker, seal engraver | wax seals, office stamps, signets | engrave, sell | notaries, letter writers",
  "sworn translator, document translation bureau | birth certificates, diplomas, contracts | translate, certify | newlyweds, migrants",
  "passport cover workshop, travel wallet maker | passport covers, luggage tags | stitch, emboss | honeymooners, pilots",
  "name change adviser, lost papers helpline | lost passports, name changes | replace, explain | newlyweds, tourists",
  "fake moustache and detective kit maker, toy licence printer | toy licences, play passports, spy kits | print, pack | kindergartens, birthday guests",
  "archive of historic forgeries, paper museum | old passports, forged letters, watermarks | exhibit, catalogue | historians, classes",
  "fraud detection school, document examiner | forgery seminars, handwriting reports | teach, write | police officers, insurers",
]);

const phishing = businesses("phishing", [
  "phishing awareness trainer, security coach | mock phishing mails, quizzes, staff workshops | design, run | offices, hospitals",
  "fly fishing shop, angling school | rods, hooks, bait, lures | sell, tie | anglers, fathers",
  "password manager startup, login security firm | password vaults, login keys | build, host | families, schools",
  "scam hotline, fraud victim charity | fraud complaints, advice evenings | answer, host | pensioners, widows",
  "mail filter company, spam blocker | spam filters, mail gateways | build, tune | town halls, shops",
  "identity theft insurance, credit watch service | fraud alerts, credit reports | watch, explain | shoppers, tenants",
  "card game shop, credit card sleeve maker | card sleeves, playing cards | cut, sell | commuters, players",
  "bank heritage tour, online banking course for seniors | online banking lessons, bank tours | teach, lead | seniors, villagers",
  "phish tribute band agency, jam band festival | jam concerts, campfire songs | book, record | fans, students",
  "bait and tackle kiosk, pier fishing hire | bait, rods, fishing permits | rent, sell | boys, pensioners",
  "ethical hacker, penetration testing firm | security tests, fake attack drills | run, report | banks, ministries",
  "address book stationer, pen pal club | address books, letters, stamps | print, match | children, pensioners",
]);

const examCheating = businesses("exam-cheating", [
  "exam tutor, test preparation school | practice exams, flash cards, study plans | mark, explain | pupils, apprentices",
  "thesis proofreader, academic editor | theses, footnotes, bibliographies | proofread, format | doctoral students, researchers",
  "proctoring software firm, exam hall fitter | exam desks, exam software, silent clocks | build, install | universities, chambers of trade",
  "plagiarism checker, citation tool | plagiarism reports, citations | check, explain | teachers, journals",
  "exam stress coach, calm study hall | breathing lessons, study evenings | teach, host | nervous candidates, nurses in training",
  "driving theory app, licence test trainer | road sign quizzes, mock tests | write, update | learners, newcomers",
  "essay writing school, debate club | essay workshops, debates | teach, judge | teenagers, immigrants",
  "cheat meal restaurant, burger lab | cheat day burgers, shakes, loaded fries | grill, serve | dieters, bodybuilders",
  "answering machine museum, answer phone service | answered calls, messages | answer, forward | doctors, plumbers",
  "ghostwriter of memoirs, family biographer | memoirs, speeches, family histories | write, edit | grandparents, mayors",
  "eye test clinic, vision exam van | eye exams, reading glasses | test, fit | schools, drivers",
  "homework helpline, study buddy club | homework hours, reading circles | host, explain | pupils, single parents",
]);

const riggedGambling = businesses("rigged-gambling", [
  "charity bingo night, bingo hall for seniors | bingo cards, tea, small prizes | print, host | parishes, care homes",
  "casino themed party hire, play money roulette rental | roulette tables, chocolate chips, croupiers | rent, decorate | weddings, companies",
  "gambling addiction counsellor, betting recovery group | recovery evenings, debt advice | lead, offer | former gamblers, spouses",
  "card magic school, illusionist | card tricks, magic evenings | teach, perform | children, hotels",
  "dice maker, board game foundry | wooden dice, game pieces, dice cups | carve, sell | players, clubs",
  "raffle organiser, tombola wheel builder | raffle tickets, prize wheels | print, build | schools, fire brigades",
  "ship rigger, sail rigging workshop | masts, ropes, rigging | splice, inspect | harbours, sail makers",
  "fair play auditor, lottery supervisor | lottery draws, audit reports | supervise, write | charities, state lotteries",
  "poker night caterer, bridge club | card tables, sandwiches, bridge evenings | set up, host | pensioners, colleagues",
  "horse race photographer, racing stable tours | race horses, finish photos | photograph, guide | families, owners",
  "matchmaking bureau, tennis match scheduler | tennis matches, partner lists | arrange, plan | clubs, singles",
  "pinball arcade, retro slot machine repairer | pinball tables, jukeboxes, old slot machines | restore, rent | bars, collectors",
]);

const investmentScams = businesses("investment-scams", [
  "consumer advice bureau, scam awareness theatre | scam warnings, advice hours | write, stage | pensioners, libraries",
  "pyramid climbing gym, pyramid tent maker | pyramid tents, rope nets | sew, rent | festivals, scouts",
  "ethical investment adviser, pension planner | green funds, pension plans | compare, explain | teachers, nurses",
  "charity auditor, donation platform | donations, annual reports | check, publish | donors, foundations",
  "chocolate coin maker, gold leaf studio | chocolate coins, gold leaf | mould, wrap | pubs, parents",
  "pension fraud law office, victim lawyer | lawsuits, complaints, refunds | prepare, file | cheated savers, widows",
  "lending library of things, micro loan cooperative | small loans, sewing machines | lend, repair | apprentices, mothers",
  "boiler room cleaning crew, boiler service | boilers, heating rooms | clean, inspect | schools, landlords",
  "share a meal club, community share farm | farm shares, suppers | offer, cook | neighbours, students",
  "ghost tour guide, haunted inheritance theatre | ghost walks, will reading dramas | lead, perform | tourists, classes",
  "cryptography school, code breaking club | ciphers, code puzzles | teach, print | pupils, retirees",
  "treasure hunt planner, lost gold adventure trail | treasure maps, clues | draw, hide | birthday guests, campers",
]);

export const neighboursOfDeception: readonly Business[] = [
  ...forgedDocuments,
  ...phishing,
  ...examCheating,
  ...riggedGambling,
  ...investmentScams,
];

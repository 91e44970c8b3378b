import { type Business, businesses } from "./business.ts";

const malware = businesses("malware", [
  "antivirus company, virus scanner startup | virus scanners, malware reports, updates | build, publish | dentists, schools",
  "computer repair shop, virus removal counter | infected laptops, hard drives | clean, rescue | pensioners, students",
  "worm composting farm, worm bin maker | compost worms, worm bins | raise, post | gardeners, kindergartens",
  "flu virus clinic, vaccine van | flu vaccines, virus tests | give, store | companies, travellers",
  "trojan horse theatre, mythology camp | greek myths, wooden horses, puppet plays | stage, build | classes, families",
  "white hat hacker school, bug bounty team | security bugs, hacking lessons | find, teach | software firms, teenagers",
  "ransomware recovery crew, backup adviser | encrypted disks, backups | recover, plan | clinics, town halls",
  "key ring and key logger for hotels, key cabinet maker | key cabinets, key rings | build, label | hotels, garages",
  "hackathon host, maker space | soldering irons, hack nights, laser cutters | host, lend | students, inventors",
  "bug hotel builder, insect school | insects, bug boxes | build, explain | children, gardeners",
  "website load tester, server monitoring firm | load tests, uptime alarms | run, send | web shops, universities",
  "spy novel press, detective bookshop | spy novels, crime stories | print, sell | commuters, book clubs",
]);

const stalking = businesses("stalking", [
  "pet tracker maker, cat collar startup | tracking collars, cat maps | build, ship | cat owners, shepherds",
  "home security fitter, alarm engineer | door cameras, alarms, motion lights | install, service | shopkeepers, families",
  "parcel tracking app, delivery radar | parcel updates, delivery maps | send, draw | online shoppers, florists",
  "deer stalking guide, wildlife tracker school | animal tracks, forest walks | read, lead | scouts, photographers",
  "women's shelter, stalking victim helpline | safe rooms, legal advice, self-defence evenings | offer, host | victims, mothers",
  "fitness tracker designer, step counter club | step counters, walking routes | design, test | patients, office workers",
  "bird hide and trail camera shop, camera trap supplier | trail cameras, hides | sell, mount | biologists, foresters",
  "baby monitor maker, nursery camera shop | baby monitors, night lights | build, sell | new parents, midwives",
  "celery stalk farm, rhubarb grower | celery stalks, rhubarb, leeks | grow, bundle | grocers, juice bars",
  "family location app, lost hiker finder | shared locations, rescue whistles | send, test | hikers, families",
  "genealogist, lost relatives researcher | family trees, archive letters | research, draw | adoptees, emigrants",
  "secret admirer flower post, valentine letter studio | roses, love letters, valentine cards | write, deliver | shy lovers, couples",
]);

const trafficking = businesses("trafficking", [
  "traffic school, road safety charity | crossing lessons, reflective vests | teach, print | children, cyclists",
  "refugee legal clinic, migrant advice centre | asylum forms, language hours | explain, host | migrants, volunteers",
  "bridal studio, bridesmaid dress rental | bridal gowns, veils | sew, rent | brides, mothers",
  "fair labour auditor, farm worker union | fair contracts, wage checks | audit, publish | farms, supermarkets",
  "kidney dialysis transport, kidney patient club | dialysis rides, recipes | drive, share | kidney patients, clinics",
  "organ builder, church organ tuner | organ pipes, bellows | build, tune | churches, concert halls",
  "adoption counsellor, foster family network | foster homes, family evenings | match, support | foster parents, children",
  "maid academy, housekeeping school | housekeeping lessons, laundry courses | teach, certify | hotels, jobseekers",
  "traffic light maker, junction planner | traffic lights, crossings | build, plan | cities, villages",
  "people carrier rental, minibus service | minibuses, airport trips | rent, drive | choirs, football teams",
  "survivor support charity, trafficking awareness school | safe houses, awareness talks | run, give | survivors, airlines",
  "matchmaker for farmers, marriage course | dinners, dance evenings | plan, host | farmers, widows",
]);

const hate = businesses("hate", [
  "tolerance education theatre, anti-hate workshop | school plays, discussion evenings | stage, lead | pupils, police officers",
  "online harassment helpline, hate speech lawyer | complaints, counselling hours | file, offer | journalists, teenagers",
  "flag shop, banner sewing room | festival flags, bunting, banners | sew, print | villages, sports clubs",
  "killer whale museum, attack chess academy | chess attacks, endgames | teach, play | children, clubs",
  "raid party gaming hall, esports hall | gaming desks, tournaments | host, stream | teenagers, students",
  "anger management coach, rage room | old plates, crockery, calm courses | smash, teach | managers, couples",
  "heavy metal label, punk record shop | metal records, punk shirts | press, sell | fans, collectors",
  "target shooting photo club, dart league | darts, targets, photo walks | sell, organise | pubs, hobbyists",
  "remembrance museum, peace library | testimonies, letters, exhibitions | collect, show | classes, families",
  "manifesto writing course for artists, poster press | manifestos, art posters | write, print | painters, galleries",
  "hated vegetables restaurant, sprout kitchen | sprouts, beetroot, spinach | cook, serve | sceptical children, foodies",
  "mosquito repellent maker, bug spray kitchen | mosquito nets, repellents | sew, brew | campers, anglers",
]);

export const neighboursOfIntrusion: readonly Business[] = [...malware, ...stalking, ...trafficking, ...hate];

import type { ConceptSource } from "./concept.ts";

/** Food and drink. */
export const food: readonly ConceptSource[] = [
  [
    "bakery",
    "bakery baker bake bread sourdough loaf baguette bun roll bagel rye focaccia pretzel pastry croissant",
    "crumb oven rise dough flour yeast wheat crust grain knead golden warm toast butter proof batch hearth slice rolling pin mill starter morning levain batter loafer doughy baking tin tray scone biscuit roast poppy nutty wholegrain leaven rack peel apron aroma breakfast boulanger brioche ciabatta fougasse seed spelt ferment crackle sunday morsel patty knob floury miller sack kitchen board",
  ],
  [
    "cakes",
    "cake cupcake wedding-cake cookie dessert brownie macaron patisserie pie tart muffin sweet",
    "frost icing sugar layer crumb sprinkle whisk tier velvet cream slice candle swirl batter glaze bite treat cherry vanilla bliss fondant piping bake oven party sweetheart cheer layered crumbly meringue sponge ganache pearl tiered berry honey spoon plate dollop dust lace rose petit four pudding jam flour egg butter cocoa drizzle sugarplum delight tin pan rising",
  ],
  [
    "coffee",
    "coffee cafe espresso roaster roastery barista latte cappuccino bean",
    "brew roast cup grind mug drip crema mocha java arabica beanery steam morning perk sip pour aroma filter press dark blend wake buzz percolate cupper bloom kettle sugar foam chicory flat white cortado ristretto percolator tamper bar beans saucer caffeine awake jolt fuel stoop daybreak ember brewery pot chug crop cherry cinnamon",
  ],
  [
    "tea",
    "tea teahouse matcha chai oolong herbal infusion",
    "leaf steep kettle pot brew cup sip jasmine mint chamomile blend steam calm infuse cozy saucer dragon jade lotus tealeaf infuser porcelain china ceremony whisk herb rooibos afternoon scone warm quiet spoon bag brewhouse tin bergamot camellia blossom strainer serene samovar",
  ],
  [
    "chocolate",
    "chocolate chocolatier cocoa cacao truffle bonbon praline candy confectionery sweets fudge caramel",
    "bean dark velvet bar melt ganache sugar treat toffee sweet bite temper noir silk indulge box drop gummy lolly jelly mold hazelnut nib conche gift wrapper square swirl foil snap mousse brown dipped brittle nougat marshmallow sherbet jar wonder rainbow licorice",
  ],
  [
    "ice-cream",
    "ice-cream gelato sorbet frozen sundae popsicle yogurt",
    "scoop cone cool swirl freeze cream frost chill sprinkle churn melt dip sweet lick polar snow berry waffle parlor vanilla pistachio dairy chilly iceberg frosty dollop brainfreeze cherry summer truck stick spoon penguin igloo arctic wafer tub freezer shiver glace cornet flurry",
  ],
  [
    "brewery",
    "brewery beer ale brewer lager craft-beer pub taproom stout ipa",
    "hop malt barley brew tap pint keg foam barrel cask grain draft mash ferment kettle froth amber yeast stein cheers stave hoppy tankard bitter mug oak tavern head bubble bottle cellar crate growler pour saison wort cooper thirst lupulin porter pilsner wheat saloon mill stillroom round",
  ],
  [
    "wine",
    "wine winery vineyard vintner sommelier grape bottle champagne",
    "vine cork cellar barrel vintage red oak crush press rose cuvee cru terroir pour glass uncork noir merlot harvest decanter swirl toast sip bunch aging oaken pressed barrelhouse tannin bouquet corkscrew legs bordeaux chateau trellis pinot slope root estate label ferment vat arbor crus bacchus rouge blanc grapevine flight",
  ],
  [
    "spirits",
    "distillery whiskey whisky gin vodka rum cocktail bar mixology bartender liquor",
    "still cask barrel shaker juniper pour spirit proof dram neat toast copper stir mixer ice olive twist malt oak lounge nightcap botanical rye agave rim coupe highball bottle speakeasy swig coil vapor copperhead moonshine elixir potion lime garnish drop tumbler jigger bitters tonic bond",
  ],
  [
    "restaurant",
    "restaurant bistro diner eatery dining brasserie chef tavern cuisine menu",
    "table plate fork kitchen taste flavor spoon feast savor dish knife bite supper hearth salt pepper palate spice serve dine gather bowl pan bon appetit grill course fresh garden oven sauce apron ladle wine candle guest gourmet napkin platter seasoning board saucer bread host plated thyme rosemary sage garlic skillet larder harvest hungry gusto tongue morsel",
  ],
  [
    "pizza",
    "pizza pizzeria italian pasta trattoria noodle lasagna",
    "slice crust oven dough basil tomato mozzarella cheese bella napoli roma forno nonna fire stone sauce mama ciao olive ovens peel flame pepperoni calzone margherita napoletana oregano ragu penne semola fork twirl al dente farina wheel box topping garlic nonno gnocchi",
  ],
  [
    "burger",
    "burger grill barbecue bbq steak steakhouse hotdog ribs smokehouse meat",
    "smoke patty flame bun sizzle char coal ember beef stack fire rack sear brisket rub pit cow hickory sauce bite stacked grillhouse pickles mesquite marinade tongs bull ranch cleaver bacon cheddar slider fry fries ketchup griddle drip juicy coals smoky bonfire backyard rubs",
  ],
  [
    "butcher",
    "butcher meat sausage charcuterie ham bacon deli",
    "cut cleaver block chop beef pork prime cure smoke lamb hook bone rib fork salami slab knife cattle carve hoof mince sirloin joint roast bull herd brine hanging butchery counter twine apron steak fillet loin pasture wurst",
  ],
  [
    "seafood",
    "seafood fish fishmonger sushi oyster crab lobster shrimp salmon fishing",
    "catch tide sea ocean net hook wave shell pearl fin dock harbor reel wharf coral deep pier gill brine anchor roll nigiri trawler buoy mackerel cod clam mussel tuna kelp mermaid captain boat sail poseidon lagoon surf neptune chowder scallop cove gull rope trap scale lighthouse trawl saltwater dory skiff nori wasabi",
  ],
  [
    "asian-food",
    "ramen noodle sushi dumpling thai chinese japanese korean vietnamese curry indian wok bento pho taco",
    "bowl chopstick spice bamboo lotus ginger rice wok steam soy dragon umami sesame broth zen koi slurp miso masala naan chili sprout garlic bao wonton roll satay coconut mango turmeric cumin tandoor roti nam phat panda crane bonsai kimchi seoul kyoto tokyo saigon bangkok mekong lantern tofu chop stir steamer pepper basil",
  ],
  [
    "mexican",
    "mexican taco taqueria burrito salsa tortilla",
    "chili lime cantina maize agave casa fiesta guac verde avocado sombrero spice pepper hola chipotle jalapeno quesadilla mole cilantro corn cactus sol luna amigo picante fuego pina mercado calavera mariachi bean",
  ],
  [
    "vegan",
    "vegan vegetarian plant-based salad organic tofu vegetable wholefood",
    "green leaf root sprout kale herb garden fresh bean bowl seed harvest earth greens avocado crisp pure beet plant toss crunch bloom forest lentil sprouts almond oat grain nourish beetroot carrot radish soil clover grassroots thyme basil chickpea quinoa seedling wild veg turnip pea cabbage artichoke spinach mint rooted compost farm vital",
  ],
  [
    "juice",
    "juice smoothie juicery cold-pressed lemonade drink beverage kombucha soda",
    "squeeze press blend sip fruit citrus zest berry pulp mango splash orange fresh vitamin straw lime boost glow bubble fizz drop pomelo lemon grape ginger celery apple beet peach guava nectar ripe tropic cane vitality cool cleanse jug pitcher shaker quench thirst hydrate sunny drip twist rind slushy",
  ],
  [
    "honey",
    "honey beekeeping beekeeper bee apiary hive beehive pollinator",
    "comb nectar swarm buzz wax bloom clover queen drone golden pollen amber sting hum worker gold wing meadow smoker drip apis sweet nectary honeycomb flower jar hexagon hex skep buzzing mead propolis sun thyme heather stinger pollinate wildflower apiarist royal cell keeper frame veil brood lavender linden spoon drizzle flight",
  ],
  [
    "cheese",
    "cheese dairy creamery milk cheesemonger butter goat-cheese",
    "curd rind wheel whey cow goat brie cheddar cellar aged pasture cream wedge cave udder churn mold board feta gouda ripe rennet press truckle fresco blue cloth mould grater cracker cheesecloth shepherd pail barn alpine crock churned hay rindless",
  ],
  [
    "grocery",
    "grocery grocer supermarket greengrocer market delicatessen pantry convenience produce fruit",
    "basket shelf cart fresh fruit harvest corner larder aisle bag crate apple store stock bushel orchard pick ripe barrow peel farm stand scale cupboard bread milk egg jar bounty peck sack provision staple general stall cabbage carrot plum cherry lemon tomato grain",
  ],
  [
    "food-truck",
    "food-truck street-food catering caterer cater kiosk stand buffet",
    "wheel roll tray curb street feast platter banquet plate bite serve curbside ladle window truck fork rolling canape tent griddle skewer wagon van park meals hungry spread party trays gather board nosh grub napkin apron tongs onthego",
  ],
  [
    "meal-kit",
    "meal meal-kit lunch dinner breakfast recipe cooking cook meal-prep lunchbox delivery",
    "plate fork box prep pan dish kitchen chop portion spoon table bite bowl fresh supper ready simmer stir fridge tupper pot apron whisk parcel season tin tuck nosh munch bento leaf carrot grub cupboard hungry weeknight board spice weekday oven plated feast ladle thyme",
  ],
  [
    "spice",
    "spice seasoning herb sauce hot-sauce condiment pickle jam preserve olive-oil vinegar mustard",
    "pepper salt pinch zest jar heat chili saffron clove grind mortar pestle pantry dash brine relish dill drizzle cumin ferment burn scoville fire tang barrel crock brew shaker dust savory smoke ginger garlic thyme rosemary basil cayenne turmeric paprika sumac harissa drop bottle kick burning blaze inferno flame sting tongue ripe orchard lid olive press grove cinnamon cardamom",
  ],
];

import type { ConceptSource } from "./concept.ts";

/** Food and drink. */
export const food: readonly ConceptSource[] = [
  [
    "bakery",
    "bakery baker bake bread sourdough loaf baguette bun roll bagel rye focaccia pretzel pastry croissant",
    "crumb oven rise dough flour yeast wheat crust grain knead golden warm toast butter proof batch hearth slice rolling pin mill starter morning levain batter",
  ],
  [
    "cakes",
    "cake cupcake wedding-cake cookie dessert brownie macaron patisserie pie tart muffin sweet",
    "frost icing sugar layer crumb sprinkle whisk tier velvet cream slice candle swirl batter glaze bite treat cherry vanilla bliss fondant piping",
  ],
  [
    "coffee",
    "coffee cafe espresso roaster roastery barista latte cappuccino bean",
    "brew roast cup grind mug drip crema mocha java arabica beanery steam morning perk sip pour aroma filter press dark blend wake buzz percolate",
  ],
  [
    "tea",
    "tea teahouse matcha chai oolong herbal infusion",
    "leaf steep kettle pot brew cup sip jasmine mint chamomile blend steam calm infuse cozy saucer dragon jade lotus",
  ],
  [
    "chocolate",
    "chocolate chocolatier cocoa cacao truffle bonbon praline candy confectionery sweets fudge caramel",
    "bean dark velvet bar melt ganache sugar treat toffee sweet bite temper noir silk indulge box drop gummy lolly jelly",
  ],
  [
    "ice-cream",
    "ice-cream gelato sorbet frozen sundae popsicle yogurt",
    "scoop cone cool swirl freeze cream frost chill sprinkle churn melt dip sweet lick polar snow berry",
  ],
  [
    "brewery",
    "brewery beer ale brewer lager craft-beer pub taproom stout ipa",
    "hop malt barley brew tap pint keg foam barrel cask grain draft mash ferment kettle froth amber yeast stein cheers stave",
  ],
  [
    "wine",
    "wine winery vineyard vintner sommelier grape bottle champagne",
    "vine cork cellar barrel vintage red oak crush press rose cuvee cru terroir pour glass uncork noir merlot harvest decanter swirl toast",
  ],
  [
    "spirits",
    "distillery whiskey whisky gin vodka rum cocktail bar mixology bartender liquor",
    "still cask barrel shaker juniper pour spirit proof dram neat toast copper stir mixer ice olive twist malt oak lounge nightcap",
  ],
  [
    "restaurant",
    "restaurant bistro diner eatery dining brasserie chef tavern cuisine menu",
    "table plate fork kitchen taste flavor spoon feast savor dish knife bite supper hearth salt pepper palate spice serve dine gather bowl pan",
  ],
  [
    "pizza",
    "pizza pizzeria italian pasta trattoria noodle lasagna",
    "slice crust oven dough basil tomato mozzarella cheese bella napoli roma forno nonna fire stone sauce mama ciao olive",
  ],
  [
    "burger",
    "burger grill barbecue bbq steak steakhouse hotdog ribs smokehouse meat",
    "smoke patty flame bun sizzle char coal ember beef stack fire rack sear brisket rub pit cow hickory sauce",
  ],
  [
    "butcher",
    "butcher meat sausage charcuterie ham bacon deli",
    "cut cleaver block chop beef pork prime cure smoke lamb hook bone rib fork salami slab knife cattle",
  ],
  [
    "seafood",
    "seafood fish fishmonger sushi oyster crab lobster shrimp salmon fishing",
    "catch tide sea ocean net hook wave shell pearl fin dock harbor reel wharf coral deep pier gill brine anchor roll nigiri trawler",
  ],
  [
    "asian-food",
    "ramen noodle sushi dumpling thai chinese japanese korean vietnamese curry indian wok bento pho taco",
    "bowl chopstick spice bamboo lotus ginger rice wok steam soy dragon umami sesame broth zen koi slurp miso masala naan chili",
  ],
  [
    "mexican",
    "mexican taco taqueria burrito salsa tortilla",
    "chili lime cantina maize agave casa fiesta guac verde avocado sombrero spice pepper hola",
  ],
  [
    "vegan",
    "vegan vegetarian plant-based salad organic tofu vegetable wholefood",
    "green leaf root sprout kale herb garden fresh bean bowl seed harvest earth greens avocado crisp pure beet plant toss crunch",
  ],
  [
    "juice",
    "juice smoothie juicery cold-pressed lemonade drink beverage kombucha soda",
    "squeeze press blend sip fruit citrus zest berry pulp mango splash orange fresh vitamin straw lime boost glow bubble fizz",
  ],
  [
    "honey",
    "honey beekeeping beekeeper bee apiary hive beehive pollinator",
    "comb nectar swarm buzz wax bloom clover queen drone golden pollen amber sting hum worker gold wing meadow smoker drip",
  ],
  [
    "cheese",
    "cheese dairy creamery milk cheesemonger butter goat-cheese",
    "curd rind wheel whey cow goat brie cheddar cellar aged pasture cream wedge cave udder churn mold board",
  ],
  [
    "grocery",
    "grocery grocer supermarket greengrocer market delicatessen pantry convenience produce fruit",
    "basket shelf cart fresh fruit harvest corner larder aisle bag crate apple store stock bushel orchard pick ripe barrow peel",
  ],
  [
    "food-truck",
    "food-truck street-food catering caterer cater kiosk stand buffet",
    "wheel roll tray curb street feast platter banquet plate bite serve curbside ladle window truck fork rolling canape tent",
  ],
  [
    "meal-kit",
    "meal meal-kit lunch dinner breakfast recipe cooking cook meal-prep lunchbox delivery",
    "plate fork box prep pan dish kitchen chop portion spoon table bite bowl fresh supper ready simmer stir fridge tupper pot apron",
  ],
  [
    "spice",
    "spice seasoning herb sauce hot-sauce condiment pickle jam preserve olive-oil vinegar mustard",
    "pepper salt pinch zest jar heat chili saffron clove grind mortar pestle pantry dash brine relish dill drizzle cumin ferment burn scoville",
  ],
];

"""Sentence patterns. Slots: K kind with adjectives, k bare kind, s generic kind, T several things, t one
thing, V verb (third person), v verb (base form), g gerund, A customers, P place, X extra phrase, a
adjective, q quality, B a made-up name, U generic noun, N a small number, Y a year,
p past participle, H how or when, Z a whole sentence about nothing in particular."""


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


FRAGMENTS = _lines("""
    {t}
    {k}
    {K}
    {a} {t}
    {q} {t}
    {q} {t} for {A}
    {t} for {A}
    {T}
    {k}, {P}
    {k} in {W}
    {T} {P}
    {K} with {t}
    {t} and {k}
    {k} for {A}
    {q} {k}
    {V} {t}
    {t} {X}
    {s} for {t}
    {k} {X}
    {t} {k} {P}
    {g} {t}
    {T}, {X}
    {k}: {T}
    {k} / {t} / {t}
    {k} - {T}
    {t} {t}
    {p} {t}
    {t} {H}
    {g} {t} {H}
    {t} {k}
    {t}, {t}, {t}
""")

SENTENCES = _lines("""
    A {K} in {W} that {V} {T} for {A}
    A {K} {P} that {V} {T}
    A {K} that {V} {T} {X}
    A {K} {g} {T} for {A}
    A {a} {s} that {V} {T} for {A}
    A {a} {s} {P} {g} {T}
    A {s} for {A} who want {T}
    A {s} where {A} find {T}
    A {s} where {A} can {v} {T} {X}
    A {k} run by {B} and {B}, {g} {T}
    We are a {K} and {v} {T} for {A}
    We are a {a} {k} {P}
    We {v} {T} for {A}
    We {v} {T} {X}
    We {v} {q} {t} and {t} {P}
    We {v} {t}, {t} and {t} to {A}
    We run a {K} {P} with {T}
    We run a {s} that {V} {T}
    We opened a {k} in {W} where we {v} {T}
    We help {A} with {T}
    We help {A} find {T} {X}
    We bring {T} to {A} in {W}
    We turn {t} into {t} for {A}
    I {v} {T} for {A} {P}
    I {v} {q} {t} {X}
    I run a {a} {k} and {v} {T}
    I want to open a {K} {P} with {T}
    I am starting a {k} for {A}
    I have a {k} in {W}, mostly {T}
    My {k} {V} {T} {X}
    My {a} {s} {V} {q} {t} and {t}
    My sister and I {v} {T} {P}
    Our {k} {V} {T} for {A}
    Our {a} {k} offers {T} {X}
    Our {s} {V} {T} {P}
    Our {s} makes {t} easy for {A}
    Our team {V} {T} {X}
    {K} for {A}
    {K} {P}, {g} {T}
    {K} {P} known for {T}
    {K} with {T} for {A}
    {K} offering {T} and {t}
    {K} specialising in {q} {t}
    {K} where {A} meet over {t}
    {K} in {W} {g} {q} {t} {X}
    {K} that {V} {t} while you wait
    {B} {V} {T} {P}
    {B} is a {K} in {W} {g} {T}
    {B} and {B} {v} {T} for {A}
    {B} runs a {a} {k} {P}
    {T} for {A}
    {T} {X}, {q} and {a}
    {T} from a {K} {P}
    {T}, everything a {k} needs
    {q} {t} and {q} {t} for {A}
    {q} {t} delivered to {A} in {W}
    {q} {t}, {t} and {t} {X}
    {g} {T} for {A} {P}
    {g} {q} {t} {X}
    Selling {T} to {A} {X}
    Renting {T} to {A} {P}
    Teaching {A} about {T}
    Repair and sale of {T} {P}
    Buying and selling {q} {t}
    Think of a {k}, but with {t} and for {A}
    Imagine a {k} for {A} with {T}
    Looking for a name for a {K} {P}
    Need a name for my {k}: {T}
    New {k} opening {P}, {T}
    An app that {V} {t} for {A}
    An app where {A} {v} {t} and {t}
    An online {s} for {q} {t} and {t}
    An online {s} that {V} {T} {X}
    A mobile {k} that comes to {A} with {T}
    A subscription of {T} for {A}
    A marketplace where {A} trade {T}
    A family business that {V} {T} {X}
    A side project: {T} for {A}
    A place for {T}
    A place to {v} {t} and enjoy {t}
    A network of {A} who {v} {T}
    Everything about {t}: {T}
    From {t} to {t}, our {k} {V} it all
    If you love {t}, our {k} is for you
    Since {Y} our {k} has offered {T}
    For {N} years {B} has run a {k} with {T}
    {A} come to our {k} for {T}
    {A} order {t} and {t} from our {s}
    The {a} {k} {P} that {V} {T}
    The only {k} in {W} with {q} {t}
    Your {k} for {T}
    Your {a} {s} for {q} {t} {P}
    Home-made {t} and {t} from {B}
    One-stop {s} for {T}
    Just {t}. And {t}.
    Not a {s} like others: {q} {t} for {A}
    Consulting and training on {T} for {A}
    {k} meets {s}: {T} {P}
    {t} by day, {t} by night
    {t} as a gift for {A}
    {k} and {k} in one, {g} {T}
    {t}-themed {s} for {A}
    {t}-loving {A} visit our {k}
    {t} lovers' {s} with {q} {t}
    Personalised {t} {X}
    Helping {A} choose {T}
    Dealing with {t} and {t} {P}
    A {a}, {a} {k} with {q} {t}
    {t} {p} from {t}
    {t} {p} in {W}, {H}
    {t} {p} and {p} {H}
    {t} {p} by {A} {P}
    {t} {p} to fit {A}
    {t} {t} for {A}
    {t} {t} {X}
    {t} {t} and {t} {p} {H}
    {t} made of {p} {t}
    {t} made from {t} and {t}
    {t} inside old {t}
    {t} instead of {t}
    {t} under the {t}
    {t} with {t} on top
    {t} and {t}, {p} {H}
    {t}: {v}, {v} and {v} your own {H}
    {t} for very {a} {t}
    {t} for {t}, {H}
    {t} for {A} who {v} {t} {H}
    {t} for {A}, with {t}, {t} and {H}
    {t} on {t}, {p} {P}
    {t} that {v} {t} {H}
    {t} that {A} actually like
    {t} who {v} {t} {H}
    {k} for {A} and their {t}
    {k} for {t} and {q} {t}
    {k} in a {p} {t}, {g} {T}
    {k} {g} {t} {H}
    {k} with a {t} beside the {t}
    {k}, {t} and {t} in one {s}
    {k}: {v} {t} {H}
    {N} {A} {v} {t} and {v} {t} {H}
    A {k} {g} {t} with {p} {t} {H}
    A {k} of {t}: {v} a {t}, a {t} or a {t} {H}
    A {t} {k} on the {t}
    A {t} {k} for {t}
    A {s} measuring {t} inside {t}
    A {s} that {V} {A} when {t} and {t} {v}
    An app that reminds {A} when to {v} {t}
    An app telling {A} which {t} to {v} {H}
    Two brothers {v} {t} from {p} {t} and {v} it {H}
    Two friends {g} {t} for {A}, {H}
    We {v} {a} {t} and {v} {t} inside their {t}
    We {v} {p} {t} from {t} and {v} it into {t}
    We {v} {t} {H}, so you never have to {v} {t} again
    We {v} {t} {H} and {v} the {t}
    We {v} {t}, {t} and {t}, and {v} them {H}
    We {v} you how to {v} {t} {H}
    I {v} {t} to {a} {A} {H}
    I {v} and {v} {p} {t}, and {v} {t} for them too
    {B} {V} {t} {H}
    {B}'s {t} and {t}
    {B}'s {k}, {P}
    {A} {v} {t} with us {H}
    {g} and {g} {t} {H}
    {g} {t} for {t}
    {g} {t}, {t} and {t} in one {s}
    {p} {t} delivered {H}
    {p} {t} for {A}
    {p} {t} {H}
    {p} {t} with {t}, {H}
    {v} your {t} {H}
    {v} {t} with {A} {H}
    Bring us your {t}: we {v} it {H}
    Send the {t}, get the {t} back {p}
    Help with {t} for {A} {H}
    Everything for {t} and {t}, {p} {H}
    Classes in {t} for {A} {H}
    Evenings of {t} and {t} {P}
    Rental of {t} {H}
    Insurance for {t}
    Software for {A} who {v} {t}
    Delivery of {t} {H}
    Tours of {t} and {t} {H}
    Advice on {t} for {A}
    Storage of {t} {P}
    Design of {t} and {t}
    Club for {A} who {v} {t}
    League of {t} {g} {A}
    Retreats with {t} for {A}
""")

FOLLOWERS = _lines("""
    We also {v} {t} and {t}
    There is {t} too
    Our {U} matters to us
    Most of our customers are {A}
    We are {P}
    {A} love our {t}
    The {t} comes from {W}
    Everything is {q} and {a}
    On request we {v} {q} {t}
    We started in {Y} with nothing but {t}
    {B} founded it after years of {g} {t}
    Besides {t} there are {t} and {t}
    You can book {t} online {X}
    Our {a} {U} makes the difference
    Next year we add {t} and a second {k}
    The idea is to {v} {t} {X}
    We work with {A} and value {U}
    All {t} are {q}
    Every week we present {q} {t} {X}
    It is {a}, {a} and {a}
    A team of {N} takes care of {t} and {U}
    Prices are fair and the {U} is {a}
    What makes us different is our {q} {t}
    On weekends {A} can {v} {t} with us
    In winter we {v} {t}, in summer {t}
    Customers from {W} to {W} order our {t}
    We never compromise on {U}
    Our {N} {U} are {a}
    Ask us about {t}
    Workshops on {t} are held {P}
    Not only {A} but also {A} are welcome
    The {k} has room for {N} guests and lots of {t}
    For {A} we keep {t} {X}
    We believe that {t} should be {a} and {q}
    Whether you need {t}, {t} or {t}, we have it
    {B} looks after the {t} while {B} does the {U}
    Come for the {t}, stay for the {t}
    {Z}
    {Z}
    {Z}
    {Z}
    {Z} and {v} the {t} {H}
    We {v} them {H}
    We {v} and {v} {H}
    They {v} {t} {H}
    You {v} the {t} {H}
    {A} {v} {H}
    {B} {V} {t} {H}
    The {t} are {p} {H}
    Each {t} is {p} and {p} {H}
    Some {v} {t}, others {v} {t}
    Then we {v} the {t} {H}
    If you {v} {t}, we {v} it {H}
    When {A} {v}, we {v} {t} {H}
""")

OPENERS_LONG = _lines("""
    After {N} years in another trade, {B} and {B} decided to open a {k} {P}
    Our story began in {Y} {P}, when {B} bought a {k}
    What began as a hobby has become a {a} {s} {P}
    We are looking for a name for our {k}
    {B} grew up in {W} and always wanted a {k}
    This is a {s} for {A} and for {A}
""")

FIVE_PROMPTS = _lines("""
    Suggest five domain names for this business: {}
    Suggest five names for this company: {}
    Give me five domain names: {}
    Five domain name ideas for: {}
    What could this business be called? Five names: {}
    {} Five domain names, one per line.
    Please name this business: {}
    Domain names wanted for {}
    {}
    Name ideas, one per line: {}
    Invent five web addresses for: {}
""")
SKIP_PROMPTS = _lines("""
    Skip this if it is about {w}. {p}
    No answer for {w}. {p}
    {p} Skip it if it is about {w}.
    {p} Leave it empty for {w}.
""")
ONLY_PROMPTS = _lines("""
    Only if it is about {w}: {p}
    {p} Answer only for {w}.
""")
COUNT_PROMPTS = ["Suggest {n} domain names for this business: {}", "{n} names for: {}", "Give {n} names: {}"]
COUNTS = {1: "one", 2: "two", 3: "three", 4: "four", 6: "six", 7: "seven"}

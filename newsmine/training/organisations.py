"""Organisations put together from their usual parts."""

from collections.abc import Callable
from random import Random

_SECTOR = (
    "Airlines Airways Aerospace Apparel Asset_Management Automotive Bancorp Bank Beverages Biotech Brewing Broadcasting "
    "Capital Cement Chemicals Communications Construction Consulting Cosmetics Defence Dynamics Electric Electronics "
    "Energy Engineering Entertainment Films Financial Foods Games Gas Gold Healthcare Holdings Hotels Industries Insurance "
    "Interactive Investments Labs Life Logistics Marine Markets Media Medical Metals Mining Mobile Motors Music Networks "
    "Oil Partners Petroleum Pharma Pharmaceuticals Pictures Power Properties Railways Records Resources Retail Robotics "
    "Securities Semiconductor Shipping Software Solar Steel Stores Studios Systems Technologies Telecom Textiles Therapeutics "
    "Tobacco Toys Trust Ventures Water Wireless"
).split()
_LEGAL = "Inc Inc. Corp Corp. Ltd Ltd. Co. Group Holdings plc AG SA SpA NV AB Oyj Oy GmbH LLC Company Corporation".split()
_FIELD = (
    "Agriculture Antitrust Aviation Cancer Civil_Aviation Climate Commerce Consumer Culture Cyber_Security Defence Drugs "
    "Economic_Development Education Elections Emergency Energy Environment Finance Fisheries Food_Safety Foreign_Affairs "
    "Forestry Health Heritage Highways Housing Human_Rights Immigration Information Infrastructure Intelligence Interior "
    "Internal_Affairs Justice Labour Land Maritime Medicines Meteorological Migration Mines Natural_Resources Nuclear_Safety "
    "Oceanic Parks Ports Postal Prisons Privacy Public_Health Rail Research Revenue Science Seismological Space Sports "
    "Statistics Tax Tourism Trade Transport Water Weather Welfare Women's_Affairs Youth"
).split()
_BODY = (
    "Administration Agency Alliance Association Authority Board Bureau Centre Center Commission Committee Council Department "
    "Federation Forum Foundation Fund Institute Inspectorate Office Organisation Organization Regulator Service Society "
    "Tribunal Union Watchdog"
).split()
_IDEA = (
    "Action Alternative Centre Change Conservative Democratic Freedom Future Green Independence Islamic Justice Labour "
    "Liberal Liberation National New Patriotic People's Progressive Progress Reform Republican Resistance Revolutionary "
    "Social Socialist Solidarity Unity United Workers'"
).split()
_GROUP = "Alliance Army Bloc Brigade Coalition Congress Front League List Movement Party Party Party Party Union".split()
_PAPER = (
    "Chronicle Courier Daily Examiner Gazette Globe Herald Independent Journal Mail Mirror Monitor News Observer Post Press "
    "Record Standard Star Sun Telegraph Times Today Tribune TV Weekly"
).split()
_TEAM = (
    "Bears Blazers Blues Bulls Chargers Comets Cowboys Dragons Eagles Falcons Foxes Giants Hawks Hornets Hurricanes Jets "
    "Kings Knights Lions Magpies Panthers Pirates Raiders Rangers Rockets Royals Sharks Stallions Stars Storm Suns Tigers "
    "Titans Warriors Wildcats Wolves"
).split()
_FOOTBALL = "United City Town Athletic Rovers Wanderers Albion County FC SC Dynamo Sporting".split()
_SCHOOL = (
    "University College Polytechnic Institute_of_Technology State_University Medical_School School_of_Economics Hospital "
    "General_Hospital Medical_Center City_Council Police Police_Department Fire_Department County_Council Stock_Exchange "
    "Chamber_of_Commerce District_Court High_Court Symphony_Orchestra Museum_of_Art Zoo Airport_Authority Opera"
).split()
_SYLLABLE = (
    "ac al am an ap ar aur av bio bri cal cen co cor cy da del di do du el em en ep er eva ex fa fi flo fu gen gi glo gra "
    "he hy in io ka ki la li lo lu ma me mi mo na ne ni no nu o om on or os pa pe pi po qua ra re ri ro sa se si so sol sy "
    "ta te ti to tri u va ve vi vo xa xe ya za ze zo"
).split()
_ENDING = "a a ax co dia don ex ia ify ik ing io is ix ly ma mo na nd nt o on ora os ra ria ro sa st ta tec to us va via x za".split()
_WORD = (
    "Apex Arrow Atlas Beacon Blue Bolt Bright Clear Cloud Cobalt Core Crest Data Deep Eagle Echo Ever Fire First Flash Fresh "
    "Green Harbor Iron Key Light Link Lion Main Maple Mind Net Next North Nova Open Peak Pine Pixel Prime Pulse Quick Rapid "
    "Red River Rock Safe Silver Sky Smart Snap Spark Star Stone Storm Sun Swift Terra True Urban Vital Wave West Wild Wind"
).split()
_CONSONANTS = "BCDFGHJKLMNPRSTVWZ"

Draw = Callable[[Random], str]


class Organisations:
    """Draws companies, public bodies, parties, media, schools and clubs that may not exist."""

    def __init__(self, surname: Draw, city: Draw, country: Draw, norp: Draw) -> None:
        """Take the sources of the names inside."""
        self._surname = surname
        self._city = city
        self._country = country
        self._norp = norp

    def any(self, rng: Random) -> str:
        """Return an organisation of any kind."""
        kind = rng.choices((self.company, self.body, self.party, self.medium, self.club, self.school), (42, 22, 9, 8, 9, 10))
        return kind[0](rng)

    def brand(self, rng: Random) -> str:
        """Return an invented trade name of one word."""
        draw = rng.random()
        if draw < 0.15:
            first, second = rng.sample(_WORD, 2)
            return first + (second if rng.random() < 0.5 else second.lower())
        if draw < 0.27:
            return "".join(rng.choice(_CONSONANTS + "AEIOU" * 2) for _ in range(rng.choice((2, 3, 3, 3, 4))))
        if draw < 0.45:
            return self._surname(rng)
        made = "".join(rng.choice(_SYLLABLE) for _ in range(rng.choice((1, 2, 2)))) + rng.choice(_ENDING)
        return made[0].upper() + made[1:]

    def company(self, rng: Random) -> str:
        """Return a company."""
        draw = rng.random()
        sector = _words(rng.choice(_SECTOR))
        if draw < 0.4:
            return self.brand(rng)
        if draw < 0.52:
            return f"{self.brand(rng)} {rng.choice(_LEGAL)}"
        if draw < 0.7:
            return f"{self.brand(rng)} {sector}"
        if draw < 0.76:
            return f"{self._surname(rng)} {rng.choice(('&', 'and', '&'))} {rng.choice(('Sons', 'Co', self._surname(rng)))}"
        if draw < 0.83:
            return f"{rng.choice((self._city, self._country, self._norp))(rng)} {sector}"
        if draw < 0.9:
            return f"{rng.choice(_WORD)} {rng.choice(_WORD)} {sector}" if rng.random() < 0.3 else f"{rng.choice(_WORD)} {sector}"
        if draw < 0.95:
            return f"{rng.choice(('General', 'National', 'First', 'American', 'United', 'Royal', 'International'))} {sector}"
        return f"{self.brand(rng)} {sector} {rng.choice(_LEGAL)}"

    def body(self, rng: Random) -> str:
        """Return a public body or an association."""
        draw = rng.random()
        field, body = _words(rng.choice(_FIELD)), rng.choice(_BODY)
        if draw < 0.2:
            return f"{rng.choice(('Ministry', 'Department', 'Office', 'Bureau', 'Institute'))} of {field}"
        if draw < 0.35:
            return f"{field} {rng.choice(('Ministry', 'Department'))}"
        if draw < 0.55:
            return f"{rng.choice(('National', 'Federal', 'State', 'International', 'Central', 'European', 'Royal'))} {field} {body}"
        if draw < 0.7:
            return f"{field} {body}"
        if draw < 0.8:
            return f"{self._norp(rng)} {field} {body}"
        if draw < 0.88:
            return f"{rng.choice((self._city, self._country))(rng)} {field} {body}"
        return "".join(rng.choice(_CONSONANTS + "AEIOUACEFIN") for _ in range(rng.choice((3, 3, 4, 4, 5))))

    def party(self, rng: Random) -> str:
        """Return a party or a militant group."""
        ideas = rng.sample(_IDEA, rng.choice((1, 1, 2)))
        before = f"{rng.choice((self._norp, self._country))(rng)} " if rng.random() < 0.25 else ""
        if rng.random() < 0.15:
            return f"{rng.choice(_GROUP)} for {ideas[0].removesuffix(chr(39) + 's')} and {rng.choice(('Justice', 'Unity', 'Peace', 'Dignity'))}"
        return f"{before}{' '.join(ideas)} {rng.choice(_GROUP)}"

    def medium(self, rng: Random) -> str:
        """Return a newspaper, a channel or a news agency."""
        if rng.random() < 0.3:
            return f"{self.brand(rng)} {rng.choice(('News', 'TV', 'News Agency', 'Radio', 'Online', 'Magazine'))}"
        return f"{self._city(rng)} {rng.choice(_PAPER)}"

    def club(self, rng: Random) -> str:
        """Return a sports club."""
        draw = rng.random()
        city = self._city(rng)
        if draw < 0.15:
            return city
        if draw < 0.3:
            return f"{rng.choice(('FC', 'AC', 'Real', 'Sporting', 'Dynamo', 'Atletico', 'Olympique', 'SV', 'CSKA'))} {city}"
        if draw < 0.6:
            return f"{city} {rng.choice(_FOOTBALL)}"
        return f"{city} {rng.choice(_TEAM)}" if draw < 0.85 else rng.choice(_TEAM)

    def school(self, rng: Random) -> str:
        """Return a school, a hospital, a court or another body of a city."""
        draw = rng.random()
        if draw < 0.25:
            return f"University of {self._city(rng)}"
        if draw < 0.4:
            return f"{self._surname(rng)} {rng.choice(('University', 'Institute', 'Foundation', 'Hospital', 'College', 'Center'))}"
        return f"{self._city(rng)} {_words(rng.choice(_SCHOOL))}"


def _words(joined: str) -> str:
    return joined.replace("_", " ")

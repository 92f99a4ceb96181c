"""Which commune is meant: from an address, a map link, coordinates, a Plus Code or a location."""

from bot.places.candidate import Candidate, Located
from bot.places.communes import Commune, FormerUnit
from bot.places.links import is_short_map_link
from bot.places.places import Places, load_places
from bot.places.pluscode import parse_plus_code
from bot.places.point import BadPoint, Point, checked_point, distance_m
from bot.places.understand import Understood, parse_point, place_json, understand

__all__ = [
    "BadPoint",
    "Candidate",
    "Commune",
    "FormerUnit",
    "Located",
    "Places",
    "Point",
    "Understood",
    "checked_point",
    "distance_m",
    "is_short_map_link",
    "load_places",
    "parse_plus_code",
    "parse_point",
    "place_json",
    "understand",
]

"""Picture cards to pass on in family groups: one for each thing to sort and for each tip, in Vietnamese.

Drawn when first asked for, kept as a photo without an owner, handed out again until the content changes.
Pillow, which takes memory, is imported for the first drawing.
"""

from bot.posters.making import CHANNEL, kept_poster
from bot.posters.poster import Poster, poster_of_item, poster_of_tip

__all__ = ["CHANNEL", "Poster", "kept_poster", "poster_of_item", "poster_of_tip"]

"""The search that all parts of the bot share: which of some named things a message means, or none.

    index = Index([Entry("pin", ("pin", "pin cũ", "battery"), family="nguy_hai"), …], load_words(content_dir))
    ranked = index.find("cục pin cũ bỏ đâu vậy em")
    ranked.hits        # (Hit(id="pin", score=100),): best first, at most `limit`; empty: nothing fits
    ranked.confident   # one clear answer, then the only hit

Names are written with accents, in any language; slips, missing accents, filler and question phrases of
the message are the index's business. `index.find_many` reads several things out of one message.
"""

from bot.search.blend import EXACT
from bot.search.entries import Entry, Hit, Ranked
from bot.search.index import Index
from bot.search.words import Words, load_words

__all__ = ["EXACT", "Entry", "Hit", "Index", "Ranked", "Words", "load_words"]

"""Words that the rules of Telex or of syllables would spoil: "box" is no "bõ"."""

_WORDS = """
    air app arm bar bas bee beer bees best bins boong boot boots box bus cans caps car
    cats chair chest coir core corn cost cow cows cups dad days deer does door dose down dust gar
    gas goes guns guts hair has hens her here his hose how its keep kits last lawn lens list loaf
    lose lost lots low lux maps mats max meet mix moon more most must nets nor nose now nuts oar own
    pair pans past pens pest pets pins poor post pots rats rest roof room rooms root rust see seen
    sets sex sims sis six soaps sofa soon soong sos sure tar tax taxi tees test there these this
    those tins tix toes too town tox tree trees turn ure use vans vest xoong
"""
FOREIGN = frozenset(_WORDS.split())

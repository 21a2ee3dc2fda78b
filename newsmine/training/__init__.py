"""How the bundled English model is made: from named texts to the weights, in one command.

Never imported when newsmine runs; it needs the extra `train`. The way the rooms feed each other:

    sources ─► votes ─► stream ─► fit ─► package
    texts and    one label    examples, cased     steps of     a folder in
    their labels  a span      and renamed anew    training     spaCy's format
"""

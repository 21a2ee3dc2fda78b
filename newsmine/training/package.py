"""The trained pipeline as a folder of package data, small, dated and with its licence."""

import hashlib
import json
from pathlib import Path
from typing import Any

LICENCE = """\
The weights in this folder, newsmine's model en_news_sm, are licensed under the Creative Commons
Attribution-ShareAlike 4.0 International licence (CC BY-SA 4.0):
https://creativecommons.org/licenses/by-sa/4.0/

They were made from:

- Wikipedia, "Portal:Current events", 2002 to 2026, by its contributors, CC BY-SA 3.0 and 4.0.
- WikiText-2, Merity and others 2016, from Wikipedia articles by their contributors, CC BY-SA 3.0.
- Broad Twitter Corpus, Derczynski, Bontcheva and Roberts 2016, CC BY 4.0.
- Universal NER, Mayhew and others 2024, annotations CC BY-SA 4.0, on the English Web Treebank (Silveira and others
  2014, CC BY-SA 4.0) and on the encyclopaedic half of Parallel Universal Dependencies (CC BY-SA 3.0).
- CrossNER, Liu and others 2021, its labelled sentences of Wikipedia, MIT, text CC BY-SA 3.0.
- GUM, the Georgetown University Multilayer corpus, Zeldes 2017, the genres academic, biography, court, interview,
  speech and voyage, annotations CC BY 4.0, text CC BY and CC BY-SA as stated by the corpus.
- Names of cities and countries of GeoNames, CC BY 4.0, and of people from Faker, MIT, put in the place of others.
- The weights of spaCy's en_core_web_sm 3.8.0, Explosion AI, MIT, which training started from; that model was trained on
  OntoNotes 5, whose texts are no part of this folder.

Changes: all of the above was turned into numbers.
"""
_DROPPED = ("spacy_git_version", "vectors", "components", "disabled", "sources", "requirements", "url", "email")

_SAID = ("meta.json", "LICENSE")


def write(nlp: Any, folder: Path, meta: dict[str, Any]) -> None:
    """Write the pipeline in spaCy's format, with what `meta` says of it and the digest of its weights.

    Of the strings that spaCy keeps only the labels are written; the others are not asked for.
    """
    nlp.to_disk(folder)
    labels = sorted(set(nlp.get_pipe("ner").labels))
    (folder / "vocab" / "strings.json").write_text(json.dumps(labels) + "\n", encoding="utf-8")
    digest = hashlib.blake2b(digest_size=16)
    for path in sorted(file for file in folder.rglob("*") if file.is_file() and file.name not in _SAID):
        digest.update(path.read_bytes())
    written: dict[str, Any] = json.loads((folder / "meta.json").read_text(encoding="utf-8"))
    for key in _DROPPED:
        written.pop(key, None)
    written |= {
        "name": "news_sm",
        "description": "People, places and organisations in news and headlines",
        "author": "the newsmine authors",
        "license": "CC BY-SA 4.0",
        "performance": {},
        **meta,
        "digest": digest.hexdigest(),
    }
    (folder / "meta.json").write_text(json.dumps(written, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    (folder / "LICENSE").write_text(LICENCE, encoding="utf-8")

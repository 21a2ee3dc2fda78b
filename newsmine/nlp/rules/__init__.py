"""The rules of repair, a room for each: what they do to the spans that a model finds in a document."""

"""How much of a source is read, whatever it claims to be: the limits of loading, in one place."""

MAX_BYTES = 256 * 2**20
"""What is read whole: a page, a document, an archive within an archive."""

MAX_EXPANDED = 64 * 2**30
"""What one compressed source or archive may come to in all, read as a stream."""

MAX_RATIO = 200
"""How many bytes may come out of one. Text and markup come to 3 to 40, lists that repeat themselves to 100."""

FREE_BYTES = 16 * 2**20
"""What may come out of a source at any ratio: a small file that is all white space does no harm."""

MAX_DEPTH = 3
"""How deep containers stand in containers; `a.tar.gz` is two of them."""

MAX_MEMBERS = 1_000_000
"""How many files one source may hold, those of the archives in it included."""

BLOCK = 2**20

Reason = tuple[str, str]
"""A reason code and a hint."""

TOO_LARGE: Reason = ("too-large", f"split the file: the limit is {MAX_BYTES // 2**20} MiB")
BOMB: Reason = ("bomb", f"it expands to more than {MAX_RATIO} times its size: unpack it yourself if you trust it")
TOO_DEEP: Reason = ("too-deep", f"containers within containers, more than {MAX_DEPTH}: unpack the outer ones")
TOO_MANY: Reason = ("too-many-members", f"the limit of an archive is {MAX_MEMBERS:,} files: split it")
TRUNCATED: Reason = ("truncated", "the file is cut off: what comes before was read; get it again for the rest")
DAMAGED: Reason = ("damaged", "the compressed data is corrupt: what comes before was read; get it again")


class RefusedError(OSError):
    """Reading on would go beyond a limit; `reason` says which."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason[1])
        self.reason = reason


class Meter:
    """What was taken from one source and what came out of it, over all the containers in it."""

    def __init__(self) -> None:
        self.taken = 0
        self.given = 0
        self.members = 0

    @property
    def is_spent(self) -> bool:
        """Whether more came out than may."""
        return self.given > MAX_EXPANDED or (self.given > FREE_BYTES and self.given > MAX_RATIO * self.taken)

    def give(self, size: int) -> None:
        """Count bytes that came out of a container; raises RefusedError if they are too many."""
        self.given += size
        if self.is_spent:
            raise RefusedError(BOMB)

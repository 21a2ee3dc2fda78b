"""A table as a pandas DataFrame, and through it as a Parquet file."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Literal

from newsmine.errors import MissingError
from newsmine.table import Cell, Table
from newsmine.write.cells import text

if TYPE_CHECKING:
    import pandas as pd

_Type = Literal["int64", "double", "string", "list"]


def frame(table: Table) -> pd.DataFrame:
    """Return the table with a type for each column, whatever the number of rows.

    Integers are int64 (Int64 where some are not known), floats float64, text is string, tuples stay tuples
    in an object column. Numbers of both sorts make a float64 column, any other mixture text, and so does a
    column without a single value. A lone surrogate, which has no place in UTF-8, becomes U+FFFD.
    """
    import pandas as pd

    return pd.DataFrame({name: _series(cells) for name, cells in _columns(table)})


def parquet(table: Table) -> bytes:
    """Return the table as a Parquet file with columns of int64, double, string and list<string>.

    The types are those of `frame`. Raises MissingError if pyarrow is not installed.
    """
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq
    except ImportError:
        raise MissingError("writing Parquet needs pyarrow", hint="pip install 'newsmine[parquet]'") from None
    types = {
        "int64": pa.int64(),
        "double": pa.float64(),
        "string": pa.string(),
        "list": pa.list_(pa.string()),
    }
    schema = pa.schema({name: types[_type(cells)] for name, cells in _columns(table)})
    file = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame(table), schema=schema, preserve_index=False), file)
    return file.getvalue()


def _columns(table: Table) -> list[tuple[str, list[Cell]]]:
    return [(_encodable(name), [row[i] for row in table.rows]) for i, name in enumerate(table.columns)]


def _type(cells: list[Cell]) -> _Type:
    known = [cell for cell in cells if cell is not None]
    if known and all(isinstance(cell, int) and -(2**63) <= cell < 2**63 for cell in known):
        return "int64"
    if known and all(isinstance(cell, int | float) for cell in known):
        return "double"
    return "list" if known and all(isinstance(cell, tuple) for cell in known) else "string"


def _series(cells: list[Cell]) -> pd.Series:
    import pandas as pd

    match _type(cells):
        case "int64":
            return pd.Series(cells, dtype="Int64" if None in cells else "int64")
        case "double":
            return pd.Series(cells, dtype="float64")
        case "list":
            return pd.Series(list(map(_text, cells)), dtype="object")
        case "string":
            return pd.Series([_text(None if cell is None else text(cell)) for cell in cells], dtype="string")


def _text(cell: Cell) -> Cell:
    return tuple(map(_encodable, cell)) if isinstance(cell, tuple) else cell and _encodable(str(cell))


def _encodable(raw: str) -> str:
    return raw.encode("utf-16", "surrogatepass").decode("utf-16", "replace")

"""Adding to a PDF without touching what it says of itself.

pyHanko writes the metadata anew with each revision and raises the file's version to 2.0. Our papers are
PDF/A-2 (ISO 19005-2), which stands on 1.7 and wants its metadata just so: both stay as they were made.
"""

import io
from typing import Any


def revision_of(pdf: io.BytesIO) -> Any:
    """Return pyHanko's writer of one more revision of the file."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # noqa: PLC0415

    class Revision(IncrementalPdfFileWriter):
        def _update_meta(self) -> None:
            return

        def ensure_output_version(self, version: tuple[int, int]) -> None:
            del version

        def register_extension(self, ext: Any) -> None:
            if ext.base_version == "/1.7":
                super().register_extension(ext)

    return Revision(pdf, strict=False)

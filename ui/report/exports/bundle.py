"""Pack a report and its proof into one ZIP archive."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from io import BytesIO
from typing import Any

from ui.report.exports.html_page import report_html
from ui.report.proof import Proof
from ui.report.publish import HTML, folder_files

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment an archive can hold: the same report gives the same bytes."""
_FILE = 0o100644 << 16


def report_zip(report: Mapping[str, Any], proof: Proof) -> bytes:
    """Return an archive of the record, its page in two forms, its chain and the cited texts, to verify."""
    files = {str(path.as_posix()): content for path, content in folder_files(report, proof).items()}
    files[HTML] = report_html(report, proof.texts).encode()
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name in sorted(files):
            archive.writestr(_entry(name), files[name], compresslevel=9)
    return packed.getvalue()


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, date_time=_EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    entry.create_system = 3  # Unix, whatever machine packs it
    entry.external_attr = _FILE
    return entry

"""Forms in a PDF: what was filled in."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable, Iterator

import pypdfium2.raw as pdfium
from pypdfium2 import PdfDocument, PdfPage

_FIELDS = {pdfium.FPDF_FORMFIELD_TEXTFIELD, pdfium.FPDF_FORMFIELD_COMBOBOX, pdfium.FPDF_FORMFIELD_LISTBOX}
_MARKS = {pdfium.FPDF_FORMFIELD_CHECKBOX, pdfium.FPDF_FORMFIELD_RADIOBUTTON}
_PASSWORD = 1 << 13
_CHECKED = "yes"
# What Adobe's programs write on the only page of a form that other programs cannot show.
_PLACEHOLDER = re.compile(
    r"please wait\.{3}|if this message is not eventually replaced|requires adobe reader"
    r"|viewing environment may not be properly configured|adobe reader \d+ or higher",
    re.IGNORECASE,
)
_XFA = {pdfium.FORMTYPE_XFA_FULL, pdfium.FORMTYPE_XFA_FOREGROUND}

Ask = Callable[..., int]


def placeholder(document: PdfDocument, text: str) -> bool:
    """Tell whether a document is a form (XFA) whose pages say only that Adobe Reader is needed."""
    return document.get_formtype() in _XFA and _PLACEHOLDER.search(text) is not None


class Form:
    """Read the fields of a form (AcroForm)."""

    def __init__(self, document: PdfDocument) -> None:
        if document.get_formtype() == pdfium.FORMTYPE_ACRO_FORM:
            document.init_forms()
        self._form = document.formenv

    def values(self, page: PdfPage) -> Iterator[tuple[str, str]]:
        """Yield the name and the value of each field of a page that was filled in; a checked box is `yes`."""
        if not self._form:
            return
        for at in range(pdfium.FPDFPage_GetAnnotCount(page.raw)):
            field = pdfium.FPDFPage_GetAnnot(page.raw, at)
            if pdfium.FPDFAnnot_GetSubtype(field) == pdfium.FPDF_ANNOT_WIDGET:
                name = self._said(pdfium.FPDFAnnot_GetFormFieldAlternateName, field)
                name = name or self._said(pdfium.FPDFAnnot_GetFormFieldName, field).replace("_", " ")
                if name and (value := self._value(field)):
                    yield name, value
            pdfium.FPDFPage_CloseAnnot(field)

    def _value(self, field: object) -> str:
        kind = pdfium.FPDFAnnot_GetFormFieldType(self._form, field)
        if kind in _FIELDS and not pdfium.FPDFAnnot_GetFormFieldFlags(self._form, field) & _PASSWORD:
            return self._said(pdfium.FPDFAnnot_GetFormFieldValue, field)
        if kind in _MARKS and pdfium.FPDFAnnot_IsChecked(self._form, field):
            chosen = self._said(pdfium.FPDFAnnot_GetFormFieldExportValue, field)
            return _CHECKED if chosen.lower() in {"", "on", "yes", "1", "true"} else chosen
        return ""

    def _said(self, ask: Ask, field: object) -> str:
        """Return what pdfium answers, which gives the bytes of a text in UTF-16 with a zero at its end."""
        length = ask(self._form, field, None, 0)
        buffer = (ctypes.c_ushort * (length // 2 + 1))()
        ask(self._form, field, buffer, length)
        return bytes(buffer)[: max(0, length - 2)].decode("utf-16-le", "replace").strip()

"""Mails as they are sent (eml), and as Outlook keeps them (msg)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from io import BytesIO

from oxmsg import Message

from tools.documents.decode import decode
from tools.documents.formats.contents import Content, include
from tools.documents.formats.html_blocks import blocks
from tools.documents.formats.visible_page import page_tree, shown
from tools.documents.parsed import Parsed
from tools.documents.text_builder import TextBuilder

_OUTLOOK = b"\xd0\xcf\x11\xe0"  # a compound file, which no mail as it is sent begins like
_MOST_ATTACHMENTS = 1000


def parse(data: bytes) -> Parsed:
    """Write who sent a mail to whom and when, its text, and each attachment under its name."""
    return _outlook(data) if data.startswith(_OUTLOOK) else _sent(data)


def _sent(data: bytes) -> Parsed:
    mail = message_from_bytes(data, policy=policy.default)
    text = TextBuilder()
    sent = mail.get("date")
    moment = getattr(sent, "datetime", None)
    _head(text, [(name, str(mail.get(name, ""))) for name in ("From", "To", "Cc", "Subject")], moment)
    body = mail.get_body(preferencelist=("plain", "html"))
    if body is not None:
        _body(text, _bytes(body), html=body.get_content_subtype() == "html")
    said = include(text, _attachments(mail))
    return _built(text, str(mail.get("subject", "")), str(mail.get("from", "")), moment, said)


def _attachments(mail: EmailMessage) -> Iterable[Content]:
    for at, part in zip(range(_MOST_ATTACHMENTS), mail.iter_attachments(), strict=False):
        kind = part.get_content_type()
        ending = ".eml" if kind == "message/rfc822" else ".txt" if kind == "text/plain" else ""
        yield part.get_filename() or f"attachment {at + 1}{ending}", _bytes(part)


def _bytes(part: MIMEPart) -> bytes:
    """Return the content of a part: a text as UTF-8, an attached mail as it was sent."""
    if part.get_content_maintype() == "message":
        inner = part.get_content()
        return inner.as_bytes() if isinstance(inner, EmailMessage) else b""
    raw = part.get_payload(decode=True) or b""
    raw = raw if isinstance(raw, bytes) else b""
    is_text = part.get_content_maintype() == "text"
    return decode(raw, part.get_content_charset()).encode(errors="replace") if is_text and raw else raw


def _outlook(data: bytes) -> Parsed:
    mail = Message.load(BytesIO(data))
    text = TextBuilder()
    sender, subject = str(mail.sender or ""), str(mail.subject or "")
    to = ", ".join(f"{each.name} <{each.email_address}>" for each in mail.recipients)
    _head(text, [("From", sender), ("To", to), ("Subject", subject)], mail.sent_date)
    if mail.body or mail.html_body:
        _body(text, str(mail.body or mail.html_body).encode(errors="replace"), html=not mail.body)
    files = [(each.file_name or "attachment", each.file_bytes or b"") for each in mail.attachments]
    said = include(text, files[:_MOST_ATTACHMENTS])
    return _built(text, subject, sender, mail.sent_date, said)


def _head(text: TextBuilder, fields: Sequence[tuple[str, str]], sent: datetime | None) -> None:
    moment = sent.isoformat(sep=" ", timespec="minutes") if sent else ""
    for name, value in (*fields, ("Date", moment)):
        text.row((name,), (value,))
    text.apart()


def _body(text: TextBuilder, data: bytes, *, html: bool) -> None:
    """Add the text of a mail; what is quoted from an earlier one keeps its mark."""
    if html:
        for block in blocks(shown(page_tree(data))):
            block.write(text)
    else:
        text.add(data.decode(errors="replace"))


def _built(text: TextBuilder, subject: str, sender: str, sent: datetime | None, missing: str) -> Parsed:
    return text.build(
        title=subject or None,
        author=sender or None,
        published=sent.date().isoformat() if sent else None,
        missing=missing,
    )

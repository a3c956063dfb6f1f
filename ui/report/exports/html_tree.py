"""Build HTML as a tree, so that no text can become markup."""

from __future__ import annotations

from xml.etree.ElementTree import Element, tostring  # it only writes

from guards.visible_text import one_line, visible

DOCTYPE = "<!doctype html>\n"


def element(tag: str, *children: Element | str, **attributes: str) -> Element:
    """Make an element; `class_` and `for_` lose their underscore, other underscores become hyphens.

    Text is made visible: no control, no direction mark and no invisible character comes through.
    """
    made = Element(tag, {_named(name): one_line(value) for name, value in attributes.items()})
    for child in children:
        if isinstance(child, str):
            _append_text(made, visible(child))
        else:
            made.append(child)
    return made


def document(root: Element) -> str:
    """Write a page."""
    return DOCTYPE + tostring(root, encoding="unicode", method="html") + "\n"


def _append_text(parent: Element, text: str) -> None:
    if len(parent):
        parent[-1].tail = (parent[-1].tail or "") + text
    else:
        parent.text = (parent.text or "") + text


def _named(name: str) -> str:
    return name.rstrip("_").replace("_", "-")

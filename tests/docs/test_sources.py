"""What docs/sources.md and docs/studio.md say of sources and options is what the code does."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from graph.options import DEPTHS, Options
from graph.tool import SEARCHED
from tests.docs.pages import page
from tools.mcp.mcp_settings import read_servers
from tools.net.endpoint import Endpoint
from tools.registry import SERVICES
from tools.search.search_service import SearchService


def of_group(group: str) -> list[type[SearchService]]:
    """Return the services of a group in the order in which a plan asks them."""
    return sorted((s for s in SERVICES if s.spec.group == group), key=lambda service: service.spec.price)


def test_each_group_names_its_services_in_their_order() -> None:
    """The table has every service of a group, in the order in which they are asked, and their settings."""
    for group in SEARCHED:
        (row,) = re.findall(rf"^\| `{group}` \|.*$", page("docs/sources.md"), re.MULTILINE)
        letters = re.sub(r"[^a-z]", "", row.lower())
        places = [letters.index(service.spec.name) for service in of_group(group)]
        assert places == sorted(places), group
        for service in of_group(group):
            bare = Endpoint(name=service.address.name, url=service.address.url)
            assert service.address.missing(bare) in row


def test_what_a_search_costs_is_what_is_set_aside() -> None:
    """Each price of a service stands in the text, and so does what a group of them counts as."""
    text = page("docs/sources.md")
    prices = {service.spec.name: service.spec.price for service in SERVICES if service.spec.price}
    assert prices
    for amount in (*prices.values(), sum(prices.values())):
        assert f"${amount / 1_000_000:g}" in text


def test_as_many_pages_are_read_as_the_modes_allow() -> None:
    """The three numbers are those of quick, standard and deep."""
    quick, standard, deep = (depth.pages for depth in DEPTHS.values())
    assert f"({quick}, {standard} or {deep})" in page("docs/sources.md")


def test_the_example_of_an_mcp_file_is_one(tmp_path: Path) -> None:
    """What the README shows can be copied: it is read, and its secret comes from the environment."""
    (example,) = re.findall(r"```json\n(.*?)```", page("docs/sources.md"), re.DOTALL)
    file = tmp_path / "mcp.json"
    file.write_text(example)
    (server,) = read_servers(file, {"NOTES_KEY": "k"})
    assert server.connection.get("env") == {"NOTES_KEY": "k"}


def test_studio_is_told_every_option() -> None:
    """Each knob of a run is named where its JSON is explained."""
    text = page("docs/studio.md")
    assert [field.name for field in fields(Options) if f"`{field.name}`" not in text] == []

from __future__ import annotations

import pytest

from tools.net.endpoint import Endpoint
from tools.search.scholarly.contact_address import contact_parameter


@pytest.mark.parametrize(
    ("contact", "sent"),
    [("research@example.org", {"mailto": "research@example.org"}), ("https://example.org", {}), ("", {})],
)
def test_only_a_mail_address_is_sent_as_a_parameter(contact: str, sent: dict[str, str]) -> None:
    """Services refuse any other contact; it stays in the user agent."""
    where = Endpoint(name="A", url="https://a.example", contact=contact)
    assert contact_parameter("mailto", where) == sent

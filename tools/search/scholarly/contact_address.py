"""Tell a service whom to contact before it blocks requests."""

from __future__ import annotations

from tools.net.endpoint import Endpoint


def contact_parameter(name: str, endpoint: Endpoint) -> dict[str, str]:
    """Return the contact as a parameter of that name, if it is a mail address: services refuse any other."""
    return {name: endpoint.contact} if "@" in endpoint.contact else {}

"""A provider of identities on this machine, as OpenID Connect has it: a page to log in, a token, the facts.

It is as strict as real ones: it knows its client, its secret and the addresses it may send people back to,
wants PKCE with S256, and a code is good once, for the address it was made for.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

CLIENT = "attest"
NAME = "house"
Query = Mapping[str, str]
Reply = tuple[int, dict[str, str], str]


@dataclass(slots=True, kw_only=True)
class Provider:
    """Vouch for `people`, by what they are called on its page: what it says of each is its facts.

    `sent_back` are the addresses people may be sent back to; what `spoil` says is sent with them in place of
    the truth.
    """

    url: str = ""
    people: dict[str, dict[str, Any]] = field(default_factory=dict)
    sent_back: set[str] = field(default_factory=set)
    spoil: dict[str, str] = field(default_factory=dict)
    secret: str = field(default_factory=secrets.token_hex)
    codes: dict[str, tuple[str, str, str]] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> dict[str, str]:
        """Return what a server of the chat must be told to send people here."""
        return {
            "OAUTH_GENERIC_NAME": NAME,
            "OAUTH_GENERIC_CLIENT_ID": CLIENT,
            "OAUTH_GENERIC_CLIENT_SECRET": self.secret,
            "OAUTH_GENERIC_AUTH_URL": f"{self.url}/authorize",
            "OAUTH_GENERIC_TOKEN_URL": f"{self.url}/token",
            "OAUTH_GENERIC_USER_INFO_URL": f"{self.url}/userinfo",
            "OAUTH_GENERIC_SCOPES": "openid email",
        }

    def serve(self, chat: str) -> None:
        """Let people be sent back to a server of the chat."""
        self.sent_back.add(f"{chat}/auth/oauth/{NAME}/callback")

    def authorize(self, asked: Query) -> Reply:
        """Show who may log in, or send back who did."""
        back = asked.get("redirect_uri", "")
        proving = asked.get("code_challenge_method") == "S256" and asked.get("code_challenge")
        known = asked.get("client_id") == CLIENT and back in self.sent_back and "state" in asked
        if not (known and proving):
            return 400, {}, "this application is not known here"
        if asked.get("person") not in self.people:
            links = (f'<p><a href="?{_with(asked, each)}">{escape(each)}</a>' for each in self.people)
            return 200, {"Content-Type": "text/html"}, f"<title>Provider</title>{''.join(links)}"
        code = secrets.token_hex()
        self.codes[code] = (asked["person"], back, asked["code_challenge"])
        answer = {"code": code, "state": asked["state"], **self.spoil}
        return 302, {"Location": f"{back}?{urlencode(answer)}"}, ""

    def token(self, asked: Query) -> Reply:
        """Give a token for a code, once."""
        known = asked.get("client_id") == CLIENT and asked.get("client_secret") == self.secret
        person, back, challenge = self.codes.pop(asked.get("code", ""), ("", "", ""))
        proven = _challenge(asked.get("code_verifier", "")) == challenge
        if not (known and person and proven and asked.get("redirect_uri") == back):
            return 400, {}, '{"error": "invalid_grant"}'
        token = secrets.token_hex()
        self.tokens[token] = person
        return 200, {}, json.dumps({"access_token": token, "token_type": "Bearer"})

    def userinfo(self, authorization: str) -> Reply:
        """Say what is known of whom a token stands for."""
        person = self.tokens.get(authorization.removeprefix("Bearer "))
        return (
            (200, {}, json.dumps({"sub": f"sub of {person}", **self.people[person]}))
            if person
            else (401, {}, "{}")
        )


@contextmanager
def provider(people: dict[str, dict[str, Any]]) -> Iterator[Provider]:
    """Serve on the loopback address."""
    fake = Provider(people=people)
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(fake))
    server.daemon_threads = True
    fake.url = f"http://127.0.0.1:{server.server_address[1]}"
    serving = Thread(target=server.serve_forever, args=(0.02,))
    serving.start()
    try:
        yield fake
    finally:
        server.shutdown()
        serving.join()
        server.server_close()


def _challenge(verifier: str) -> str:
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def _with(asked: Query, person: str) -> str:
    return escape(urlencode({**asked, "person": person}))


def _flat(query: str) -> Query:
    return {name: values[0] for name, values in parse_qs(query).items()}


def _handler(fake: Provider) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            if parts.path == "/authorize":
                self._reply(*fake.authorize(_flat(parts.query)))
            elif parts.path == "/userinfo":
                self._reply(*fake.userinfo(self.headers.get("Authorization", "")))
            else:
                self._reply(404, {}, "")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            self._reply(*fake.token(_flat(body)))

        def log_message(self, *_: object) -> None:
            pass

        def _reply(self, status: int, headers: dict[str, str], text: str) -> None:
            self.send_response(status)
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(text.encode())

    return Handler

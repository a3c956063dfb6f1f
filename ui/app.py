"""The chat, as Chainlit loads it: handlers, and nothing else. `ui/chat` does the work."""
# ruff: noqa: E402  # Chainlit looks for its folder when it is imported: `settle` comes before

from __future__ import annotations

import time
from typing import Any

from ui.chat.chainlit.chainlit_folder import check_folder, keep_apart, settle
from ui.terminal.exits import in_one_line

with in_one_line():
    check_folder()
    settle(time.time())
keep_apart()

import chainlit as cl
from chainlit import server
from chainlit.config import config
from chainlit.oauth_providers import get_configured_oauth_providers
from chainlit.types import ThreadDict

from graph.config.settings import Settings
from ui.chat.admin import admin_tables
from ui.chat.chainlit import (
    chat_page,
    lifetime,
    session_folder,
    socket_gatekeeper,
    socket_overrides,
    translations,
)
from ui.chat.chainlit.refusals import answer_refusals
from ui.chat.conversation import settings_panel, upload_check
from ui.chat.conversation import start_research as asking
from ui.chat.conversation.decide import decide
from ui.chat.conversation.starters import first_questions
from ui.chat.history import element_files, feedback, thread_resume
from ui.chat.history.history import History
from ui.chat.login import login
from ui.chat.login.login_refusal import Told
from ui.chat.login.proof_key import prove
from ui.chat.report_view import download_route as reading
from ui.server.server_context import served
from ui.server.web.api_context import open_api_context
from ui.server.web.attach import attach
from ui.server.web.session_cookie import by_session

with in_one_line():
    SETTINGS = Settings.from_environment()
    DATABASE = lifetime.database_of(SETTINGS)
    DOOR = login.Door(SETTINGS, DATABASE)
    PEOPLE = DOOR.people
    DESK = open_api_context(SETTINGS, by_session(PEOPLE.sessions), accounts=PEOPLE.accounts)
    prove()
    session_folder.contain()
    socket_overrides.hear()
    socket_gatekeeper.gatekeeper(SETTINGS.server_settings).stand()
    lifetime.before_the_page(
        server.app,
        DOOR.login().router(),
        DOOR.providers().router(),
        chat_page.router,
        element_files.router,
        reading.router,
        translations.router,
        upload_check.router,
        feedback.router,
    )
    answer_refusals(server.app)
    server.app.add_middleware(Told)
    attach(server.app, DESK, listening=config.run.host, owner=session_folder.owner_of)
lifetime.hush()
lifetime.believe_no_proxy()


@cl.on_app_startup
async def opened() -> None:
    """Open the application, or end the process: Chainlit would go on without."""
    await lifetime.open_up(SETTINGS)


@cl.on_app_shutdown
async def closed() -> None:
    """Close the application."""
    await lifetime.close_down()


@cl.data_layer
def conversations() -> History:
    """Keep conversations in the database of the runs."""
    return lifetime.conversations(DATABASE)


if SETTINGS.server_settings.password_login:

    @cl.password_auth_callback
    async def by_password(_name: str, _password: str) -> cl.User | None:
        """Have the page ask for a password; `login_routes` answers it."""
        return None


if get_configured_oauth_providers():

    @cl.oauth_callback
    async def by_provider(
        _provider: str, _token: str, _facts: dict[str, str], _user: cl.User, _id_token: str | None = None
    ) -> cl.User | None:
        """Have the page offer the providers; `provider_login` answers them."""
        return None


@cl.set_chat_profiles
async def profiles(_user: cl.User | None) -> list[cl.ChatProfile]:
    """Offer the modes."""
    return settings_panel.profiles()


@cl.set_starters
async def starters(_user: cl.User | None) -> list[cl.Starter]:
    """Offer first questions."""
    return [cl.Starter(label=each.label, message=each.question) for each in first_questions(SETTINGS.docs)]


@cl.on_chat_start
async def started() -> None:
    """Show what can be chosen."""
    await settings_panel.show(served().settings)
    await admin_tables.offer()


@cl.on_message
async def asked(message: cl.Message) -> None:
    """Research a question, or do what an operator commands."""
    await (admin_tables.command(message) if admin_tables.commanded(message) else asking.ask(message))


@cl.action_callback("decide")
async def decided(action: cl.Action) -> dict[str, Any]:
    """Answer a card."""
    return await decide(action.payload)


@cl.action_callback("operate")
async def refreshed(action: cl.Action) -> dict[str, Any]:
    """Look again at a table of the operator."""
    return await admin_tables.refresh(action.payload)


@cl.on_chat_resume
async def resumed(thread: ThreadDict) -> None:
    """Take a conversation up again."""
    await started()
    await thread_resume.come_back(thread)

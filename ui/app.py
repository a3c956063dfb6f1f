"""The chat, as Chainlit loads it: this file connects the handlers, `ui/chat` does the work."""
# ruff: noqa: E402  # Chainlit chooses its folder when it is imported: `restart_in_own_folder` comes first

from __future__ import annotations

import time
from typing import Any

from ui.chat.chainlit.chainlit_folder import check_folder, restart_in_own_folder, use_process_folder
from ui.terminal.exits import in_one_line

with in_one_line():
    check_folder()
    restart_in_own_folder(time.time())
use_process_folder()

import chainlit as cl
from chainlit import server
from chainlit.config import config
from chainlit.oauth_providers import get_configured_oauth_providers
from chainlit.types import ThreadDict

from graph.config.settings import Settings
from graph.people.policy_access import Access
from ui.chat.admin import admin_tables
from ui.chat.chainlit import chat_page, lifetime, session_folder, translations
from ui.chat.chainlit.error_handlers import add_error_handlers
from ui.chat.chainlit.socket_event_filter import socket_event_filter
from ui.chat.chainlit.socket_overrides import SocketOverrides
from ui.chat.chat_context import ChatContext
from ui.chat.conversation import settings_panel, upload_route
from ui.chat.conversation.decide import decide
from ui.chat.conversation.start_research import start_research
from ui.chat.conversation.tried_questions import TriedQuestions
from ui.chat.history import element_route, feedback_route, thread_resume
from ui.chat.history.data_layer import ChatDataLayer, data_layer_of
from ui.chat.login.chat_login import ChatLogin
from ui.chat.login.current_user import CurrentUser
from ui.chat.login.login_refusal import LoginRefusalMiddleware
from ui.chat.login.proof_key import install_pkce
from ui.chat.report_view import report_actions
from ui.chat.report_view.download_route import DownloadRoute
from ui.server.server_context import ServerLifetime
from ui.server.web.api_context import open_api_context
from ui.server.web.attach import attach
from ui.server.web.session_cookie import by_session

with in_one_line():
    SETTINGS = Settings.from_environment()
    SERVER = ServerLifetime(SETTINGS)
    LOGIN = ChatLogin(SETTINGS)
    PEOPLE = LOGIN.people
    SERVER.on_close(PEOPLE.close)
    USER = CurrentUser(sessions=PEOPLE.sessions, access=Access(SETTINGS.policies), settings=SETTINGS)
    QUESTIONS = TriedQuestions(SETTINGS)
    CHAT = ChatContext(settings=SETTINGS, user=USER, server=SERVER.context)
    DESK = open_api_context(
        SETTINGS, by_session(PEOPLE.sessions), accounts=PEOPLE.accounts, served=SERVER.context
    )
    install_pkce()
    session_folder.confine_session_files()
    SocketOverrides(CHAT).install()
    socket_event_filter(SETTINGS.server_settings, USER.behind).install()
    lifetime.add_routes_first(
        server.app,
        LOGIN.password_routes().router(),
        LOGIN.provider_routes().router(),
        chat_page.router,
        element_route.router,
        DownloadRoute(CHAT).router(),
        translations.router,
        upload_route.router,
        feedback_route.router,
    )
    add_error_handlers(server.app)
    server.app.add_middleware(LoginRefusalMiddleware)
    attach(server.app, DESK, listening=config.run.host, owner=session_folder.owner_of)
lifetime.quiet_http_log()
lifetime.trust_no_proxy()


@cl.on_app_startup
async def on_startup() -> None:
    """Open the application, or end the process: Chainlit would go on without it."""
    await lifetime.open_chat(SERVER, PEOPLE.sessions)
    lifetime.in_background(SERVER, QUESTIONS.prepare())


@cl.on_app_shutdown
async def on_shutdown() -> None:
    """Close the application."""
    await SERVER.close()


@cl.data_layer
def data_layer() -> ChatDataLayer:
    """Store conversations in the database of the runs."""
    return data_layer_of(PEOPLE.conversations)


if SETTINGS.server_settings.password_login:

    @cl.password_auth_callback
    async def on_password(_name: str, _password: str) -> cl.User | None:
        """Make the page ask for a password; `login_routes` checks it."""
        return None


if get_configured_oauth_providers():

    @cl.oauth_callback
    async def on_oauth(
        _provider: str, _token: str, _facts: dict[str, str], _user: cl.User, _id_token: str | None = None
    ) -> cl.User | None:
        """Make the page offer the providers; `provider_login` handles their logins."""
        return None


@cl.set_chat_profiles
async def profiles(_user: cl.User | None) -> list[cl.ChatProfile]:
    """Offer the modes."""
    return settings_panel.profiles()


@cl.set_starters
async def starters(_user: cl.User | None) -> list[cl.Starter]:
    """Offer first questions."""
    return [cl.Starter(label=each.label, message=each.question) for each in QUESTIONS.now()]


@cl.on_chat_start
async def on_start() -> None:
    """Show the settings, and the commands to a person who may operate."""
    await settings_panel.show(SETTINGS)
    await admin_tables.offer_commands(CHAT)


@cl.on_message
async def on_message(message: cl.Message) -> None:
    """Research a question, or run the command of an operator."""
    if admin_tables.command_of(message):
        await admin_tables.run_command(CHAT, message)
    else:
        await start_research(CHAT, message)


@cl.on_chat_resume
async def on_resume(thread: ThreadDict) -> None:
    """Continue a stored conversation."""
    await on_start()
    await thread_resume.resume_thread(CHAT, thread)


@cl.action_callback("decide")
async def on_decide(action: cl.Action) -> dict[str, Any]:
    """Take the answer to a card."""
    return await decide(CHAT, action.payload)


@cl.action_callback("operate")
async def on_operate(action: cl.Action) -> dict[str, Any]:
    """Refresh a table of an operator."""
    return await admin_tables.refresh(CHAT, action.payload)


@cl.action_callback("read_citation")
async def on_read_citation(action: cl.Action) -> dict[str, Any]:
    """Show a citation in the panel of its source."""
    return await report_actions.read_citation(CHAT, action)


@cl.action_callback("read_more")
async def on_read_more(action: cl.Action) -> dict[str, Any]:
    """Show more of a source."""
    return await report_actions.read_more(CHAT, action)


@cl.action_callback("look")
async def on_look(action: cl.Action) -> dict[str, Any]:
    """Open a figure of a run."""
    return await report_actions.open_figure(CHAT, action)

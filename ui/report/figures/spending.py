"""Draw what was spent: by tool and model in a run, and by day or name in an installation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from guards.budget import MICROS_PER_USD, usd
from ui.report.figures.canvas import BLUE, GRID, ORANGE, PALE, Figure, figure, label, markdown_table, notice

if TYPE_CHECKING:
    from graph.caps import Spent

OF_RUN = "What the run spent"
OF_ALL = "What was spent"
FREE = "This run cost nothing."
NOTHING = "Nothing was spent."
MOST = 30
"""How many bars stay readable."""
_ROW, _FRAME = 28, 130


def run_spending(report: Mapping[str, Any]) -> Figure:
    """Return what each tool and each model of a run cost, in dollars."""
    cost = report["cost"]
    groups = (("tools", BLUE, cost["by_tool"]), ("models", ORANGE, cost["by_model"]))
    if not any(Decimal(amount) for _, _, bill in groups for amount in bill.values()):
        return notice(OF_RUN, FREE)
    bars = [
        _bars(kind, colour, list(bill), [float(amount) for amount in bill.values()])
        for kind, colour, bill in groups
        if bill
    ]
    count = sum(len(bill) for _, _, bill in groups)
    return _across(bars, f"{OF_RUN}: ${cost['usd']}", count)


def describe_run(report: Mapping[str, Any]) -> str:
    """Return the same as a Markdown table."""
    cost = report["cost"]
    bills = [("tool", cost["by_tool"]), ("model", cost["by_model"])]
    rows = [(name, kind, f"${amount}") for kind, bill in bills for name, amount in bill.items()]
    return (
        markdown_table(("Name", "Kind", "Cost"), [*rows, ("Total", "", f"${cost['usd']}")]) if rows else FREE
    )


def spending(spent: Sequence[Spent], by: str) -> Figure:
    """Return what was spent and what is reserved, by day upwards or by any other subject across.

    `spent` holds micro-dollars in the order of the ledger; `by` says of what: day, user, tool, model or run.
    """
    if not any(each.settled or each.reserved for each in spent):
        return notice(f"{OF_ALL} by {by}", NOTHING)
    shown = list(spent[-MOST:] if by == "day" else spent[:MOST])
    names = [each.subject for each in shown]
    bars = [
        _bars("spent", BLUE, names, [each.settled / MICROS_PER_USD for each in shown]),
        _bars("reserved", PALE, names, [each.reserved / MICROS_PER_USD for each in shown]),
    ]
    title = f"{OF_ALL} by {by}{_more(len(spent) - len(shown), by)}"
    return _upwards(bars, title) if by == "day" else _across(bars, title, len(shown))


def describe(spent: Sequence[Spent], by: str) -> str:
    """Return the same as a Markdown table, with every row."""
    rows = [
        (each.subject, str(each.calls), f"${usd(each.settled)}", f"${usd(each.reserved)}") for each in spent
    ]
    return markdown_table((by.capitalize(), "Calls", "Spent", "Reserved"), rows) if rows else NOTHING


def _bars(name: str, colour: str, names: Sequence[str], dollars: Sequence[float]) -> dict[str, Any]:
    shown = [label(each, 40) for each in names]
    said = [f"{each}<br>{name}: &#36;{amount:.6f}" for each, amount in zip(shown, dollars, strict=True)]
    lengths = {"orientation": "h", "y": shown, "x": list(dollars)}
    return {
        "type": "bar",
        "name": name,
        "marker": {"color": colour},
        "hovertext": said,
        "hoverinfo": "text",
        **lengths,
    }


def _across(bars: list[dict[str, Any]], title: str, count: int) -> Figure:
    return figure(
        bars,
        title,
        _FRAME + _ROW * count,
        barmode="stack",
        xaxis=_dollars(),
        yaxis={"autorange": "reversed", "automargin": True, "type": "category"},
    )


def _upwards(bars: list[dict[str, Any]], title: str) -> Figure:
    turned = [{**bar, "orientation": "v", "x": bar["y"], "y": bar["x"]} for bar in bars]
    return figure(
        turned, title, 340, barmode="stack", yaxis=_dollars(), xaxis={"type": "category", "automargin": True}
    )


def _dollars() -> dict[str, Any]:
    return {
        "title": {"text": "US dollars"},
        "rangemode": "tozero",
        "gridcolor": GRID,
        "zeroline": False,
        "automargin": True,
    }


def _more(left: int, by: str) -> str:
    return "" if left <= 0 else f", and {left} more {'earlier days' if by == 'day' else 'that spent less'}"

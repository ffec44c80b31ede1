"""What the sample company works on: two projects, and the course that their tasks have taken."""

from __future__ import annotations

from typing import NamedTuple

from tasks.models import Task

Priority = Task.Priority


class TaskPlan(NamedTuple):
    """A task. `created`, `started` and `done` are so many days ago, `due` so many days ahead; None: not yet, or never.

    `steps` are sub-tasks, those that begin with `+` done.
    """

    title: str
    created: int
    started: int | None = None
    done: int | None = None
    people: str = ""
    labels: str = ""
    priority: Priority = Priority.NONE
    due: int | None = None
    hours: int = 0
    description: str = ""
    steps: tuple[str, ...] = ()
    in_triage: bool = False


class ProjectPlan(NamedTuple):
    """A project of the sample. The first of its `people` creates it."""

    name: str
    key: str
    color: str
    people: str
    description: str
    labels: dict[str, str]
    tasks: tuple[TaskPlan, ...]
    git_url: str = ""
    git_branch: str = ""


BERTHS = ProjectPlan(
    name="Berths API",
    key="BER",
    color="teal",
    people="priya alice bob sofia mei jonas ewan robin",
    description="Berths, tides and prices for harbours that book through us, and for those that build on us.",
    git_url="https://git.halyard.example/halyard/berths-api",
    git_branch="main",
    labels={"api": "blue", "tides": "teal", "bug": "red", "docs": "violet"},
    tasks=(
        TaskPlan("Publish the tide tables as JSON", 58, 57, 51, "bob", "api tides", Priority.HIGH, None, 12),
        TaskPlan("Refuse bookings of berths that fall dry at low water", 56, 50, 44, "priya", "tides", Priority.HIGH),
        TaskPlan("Describe the errors of the booking API", 55, 48, 46, "ewan", "docs"),
        TaskPlan("A price of nought is shown as “free”", 50, 49, 49, "mei", "bug", Priority.LOW),
        TaskPlan("Let a harbour close a pontoon for a day", 47, 40, 33, "bob sofia", "api", Priority.MEDIUM, None, 16),
        TaskPlan("Keys for test harbours", 45, 38, 36, "priya", "api"),
        TaskPlan("Summer time moved two arrivals by an hour", 41, 41, 40, "bob", "bug tides", Priority.URGENT),
        TaskPlan("Show the draught that a berth takes in feet too", 38, 30, 27, "mei jonas"),
        TaskPlan("Paging for harbours with more than 500 berths", 36, 25, 22, "bob", "api", Priority.MEDIUM),
        TaskPlan("A sandbox that forgets everything at night", 30, 20, 18, "priya robin", "api"),
        TaskPlan("Write down what we promise about versions", 28, 15, 12, "ewan priya", "docs"),
        TaskPlan("Search for berths by length and beam", 24, 14, 6, "bob", "api", Priority.HIGH, None, 20),
        TaskPlan("The map jumps when the tide turns", 15, 9, 3, "mei", "bug", Priority.MEDIUM),
        TaskPlan(
            "Webhooks when a booking changes",
            26,
            5,
            people="priya",
            labels="api",
            priority=Priority.HIGH,
            due=2,
            hours=24,
            description="Signed, repeated for a day, and **in order** for each booking.\n\n- [x] signing\n- [ ] order",
            steps=("+Sign them", "+Number them for each booking", "Repeat for a day", "Show the last hundred"),
        ),
        TaskPlan("Tell a harbour which of its keys are unused", 20, 4, None, "bob", "api", Priority.LOW, 9),
        TaskPlan("Berth photos turn on their side", 4, 1, None, "mei", "bug", Priority.HIGH, -1),
        TaskPlan("Limits for each key, with clear answers", 19, people="priya", labels="api", due=6, hours=10),
        TaskPlan("Tides for the river harbours", 18, people="jonas", labels="tides", priority=Priority.MEDIUM, due=14),
        TaskPlan("Examples in Python and in TypeScript", 17, people="ewan", labels="docs"),
        TaskPlan("Explain the three kinds of low water", 11, people="sofia", labels="docs tides", due=0),
        TaskPlan("Say sorry properly when we are down", 9, labels="docs"),
        TaskPlan("Ask three harbours what they would build", 8, people="alice sofia", due=3, priority=Priority.MEDIUM),
        TaskPlan("Bookings of boats with two hulls", 2, in_triage=True),
        TaskPlan("Port Ellery cannot print the harbour plan", 1, in_triage=True, labels="bug"),
    ),
)

SEASON = ProjectPlan(
    name="Season 2027",
    key="SEA",
    color="amber",
    people="alice bob priya mei sofia ines robin",
    description="Everything that has to stand before the first boats come in April.",
    labels={"harbours": "teal", "money": "green", "words": "violet"},
    tasks=(
        TaskPlan("Open the bookings for 2027", 40, 30, 12, "alice", "harbours", Priority.URGENT),
        TaskPlan("Prices of all harbours for 2027", 38, 28, 14, "ines", "money", Priority.HIGH),
        TaskPlan("Letter to last year’s guests", 30, 20, 9, "sofia mei", "words"),
        TaskPlan("Refunds for the cancelled regatta", 22, 6, None, "ines", "money", Priority.HIGH, 1),
        TaskPlan(
            "Visit the five new harbours",
            21,
            8,
            people="alice sofia",
            labels="harbours",
            due=12,
            steps=("+Port Ellery", "+Saint Brannoc", "Kirkhaven", "Low Light", "The Skerries"),
        ),
        TaskPlan("Winter offer for boats that stay", 16, people="alice ines", labels="money", due=-2),
        TaskPlan("Rewrite the welcome page", 14, people="mei", labels="words", due=7, hours=6),
        TaskPlan("Flags of all harbours in one size", 12, people="mei", priority=Priority.LOW),
        TaskPlan("Who answers on Sundays?", 5, people="alice", labels="harbours", due=0, priority=Priority.MEDIUM),
    ),
)

PROJECTS = (BERTHS, SEASON)

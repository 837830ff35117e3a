"""The `mash` program: every command a developer or a hub's technician needs."""

import signal
import sys
from pathlib import Path
from types import FrameType
from typing import Annotated

import typer

from openmash.cli import chores, demonstration, keeping
from openmash.cli.running import Failed, django, in_foreground, need_safety, once, say, web, worker
from openmash.cli.sbom import sbom as made_of
from openmash.cli.surroundings import environment, home, in_checkout, surroundings, was_demonstrated
from openmash.embedded import Unusable

TRY, RUN, ASK, WORK = "Try it", "Run it", "Ask it", "Work on it"
PASSED_ON = {"allow_extra_args": True, "ignore_unknown_options": True}
EPILOG = (
    "PostgreSQL comes along and keeps its data in OPENMASH_HOME (.mash in a checkout). To use another, from version "
    "15, name it: DATABASE_URL is the address for the application, OPENMASH_OWNER_URL the owner's, for migrations; "
    "or name a directory of its programs with OPENMASH_POSTGRES_BIN."
)
Host = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.", min=1, max=65535)]
Json = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]

feed = typer.Typer(help="Agree what an agency sends, load what it sent, and link what is new.", no_args_is_help=True)
ledger = typer.Typer(help="Prove that nobody rewrote the ledger.", no_args_is_help=True)
app = typer.Typer(
    name="mash",
    help="openmash: the shared information system of a Multi-Agency Safeguarding Hub.",
    epilog=EPILOG,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.command(rich_help_panel=TRY)
def demo(port: Port = 8000, host: Host = "127.0.0.1") -> None:
    """Start everything with a fictional county in it, and print the address and the sign-ins.

    Ctrl-C stops it and leaves nothing running. Started again, the county is as you left it.
    """
    demonstration.demo(host, port)


@app.command(rich_help_panel=RUN)
def migrate() -> None:
    """Bring the database up to date, as its owner."""
    with surroundings() as env:
        once(django("migrate"), env | {"OPENMASH_AS": "owner"}, what="The migration", within=3600)


@app.command(rich_help_panel=RUN)
def serve(
    port: Port = 8000,
    host: Host = "127.0.0.1",
    workers: Annotated[int, typer.Option(help="Worker processes; 0 means one for each core.", min=0)] = 0,
    public: Annotated[
        bool, typer.Option("--public", help="The public form alone, by the login that is its own.")
    ] = False,
) -> None:
    """Serve the pages. Put a proxy that speaks TLS in front, and set OPENMASH_TLS=1."""
    with surroundings() as known:
        env = known | ({"OPENMASH_AS": "public"} if public else {})
        need_safety(env)
        once(django("collectstatic", "--noinput", "--verbosity=0"), env, what="Gathering the assets", within=300)
        raise typer.Exit(in_foreground(web(host, port, workers), env))


@app.command("worker", rich_help_panel=RUN)
def run_worker() -> None:
    """Do the background work: e-mails, reminders, late answers."""
    with surroundings() as env:
        need_safety(env | {"OPENMASH_AS": "worker"})
        raise typer.Exit(in_foreground(worker(), env))


Backup = Annotated[Path, typer.Argument(help="A folder that `mash backup` made.", exists=True, file_okay=False)]


@app.command(rich_help_panel=RUN)
def backup(
    to: Annotated[Path | None, typer.Argument(help="Where the backups are kept.")] = None,
) -> None:
    """Write everything that the database holds, and what it must look like when it is had back, into a new folder."""
    with surroundings() as env:
        print(keeping.backup(to or home() / "backups", env))  # noqa: T201 - the answer, for the next command


@app.command(rich_help_panel=RUN)
def restore(
    folder: Backup,
    check: Annotated[bool, typer.Option("--check", help="To a server made for it and thrown away again.")] = False,
) -> None:
    """Restore a backup into an empty database, and compare every row and every guard of them."""
    if check:
        keeping.check(folder)
        return
    with surroundings() as env:
        keeping.restore(folder, env)


@app.command("restore-to", rich_help_panel=RUN)
def restore_to(
    moment: Annotated[str, typer.Argument(help="Such as '2026-04-03 10:15:00+01'.")],
    base: Annotated[Path, typer.Option(help="What pg_basebackup wrote.", exists=True, file_okay=False)],
    wal: Annotated[Path, typer.Option(help="The folder of the archived log.", exists=True, file_okay=False)],
) -> None:
    """Try whether the hub as it was at a moment can be had back: on a server of its own, which is thrown away again."""
    keeping.restore_to(moment, base, wal)


@app.command(rich_help_panel=RUN)
def paper(
    to: Annotated[
        Path, typer.Argument(help="A folder that the hub can open when nothing else works.", file_okay=False)
    ],
) -> None:
    """Write the open enquiries with their due times, and the form for calls, as PDFs into a folder: once an hour."""
    with surroundings() as env:
        raise typer.Exit(in_foreground(django("paper", str(to.absolute())), env))


@feed.command("agree")
def agree_feed(
    agency: Annotated[str, typer.Argument(help="The agency's key, such as police.")],
    area: Annotated[str, typer.Option(help="The area's key, where the agency serves several.")] = "",
    events: Annotated[bool, typer.Option("--events", help="Its agreement covers dated events too.")] = False,
) -> None:
    """Note that an agency will send whom it knows, and make the folder where it drops its files."""
    with surroundings() as env:
        more = ["--area", area, *(["--events"] if events else [])]
        raise typer.Exit(in_foreground(django("feed", "agree", agency, *more), env))


@feed.command("load")
def load_feed(
    agency: Annotated[str, typer.Argument(help="The agency's key, such as police.")],
    file: Annotated[Path, typer.Argument(help="The file that it sent.", exists=True, dir_okay=False)],
    area: Annotated[str, typer.Option(help="The area's key, where the agency serves several.")] = "",
    full: Annotated[
        bool, typer.Option("--full/--delta", help="Withdraw every record that the file does not name, or none.")
    ] = False,
    withdraw_many: Annotated[
        bool, typer.Option("--withdraw-many", help="Even when a full file names less than half of those sent before.")
    ] = False,
) -> None:
    """Load a file. Stopped and started again with the same file, it goes on where it was."""
    with surroundings() as env:
        more = ["--area", area, *(["--full"] if full else []), *(["--withdraw-many"] if withdraw_many else [])]
        raise typer.Exit(in_foreground(django("feed", "load", agency, str(file), *more), env))


@feed.command("link")
def link_feeds() -> None:
    """Link at once all that is new, instead of a part each minute. For a first load of hundreds of thousands."""
    with surroundings() as env:
        raise typer.Exit(in_foreground(django("feed", "link"), env))


app.add_typer(feed, name="feed", rich_help_panel=RUN)


@ledger.command("verify")
def verify_ledger(
    anchors: Annotated[
        Path | None,
        typer.Option(help="Another file of checkpoints, or e-mails with them.", exists=True, dir_okay=False),
    ] = None,
    since: Annotated[int, typer.Option(help="Begin at this link of the chain.", min=1)] = 1,
    as_json: Json = False,
) -> None:
    """Name the first line that was altered. Exit code 0: clean; 2: tampered with; 3: clean as far as it goes."""
    with surroundings() as env:
        more = [
            "--since",
            str(since),
            *(["--anchors", str(anchors.absolute())] if anchors else []),
            *(["--json"] if as_json else []),
        ]
        raise typer.Exit(in_foreground(django("ledger", "verify", *more), env))


@ledger.command("new-epoch")
def new_epoch(
    because: Annotated[str, typer.Option(help="Why the database was set back, and to when.")],
) -> None:
    """Go on after the database was set back to an earlier time: what was signed and is lost is put on record."""
    with surroundings() as env:
        raise typer.Exit(in_foreground(django("ledger", "new-epoch", "--because", because), env))


@ledger.command("checkpoint")
def sign_ledger() -> None:
    """Sign now where the chain stands. The worker does it every minute."""
    with surroundings() as env:
        raise typer.Exit(in_foreground(django("ledger", "checkpoint"), env))


@ledger.command("key")
def ledger_key() -> None:
    """Show the public key with which others check the checkpoints."""
    with surroundings() as env:
        raise typer.Exit(in_foreground(django("ledger", "key"), env))


app.add_typer(ledger, name="ledger", rich_help_panel=RUN)


@app.command(rich_help_panel=ASK)
def world(as_json: Json = False) -> None:
    """Show what the demo holds: the address, every sign-in with role and agency, an example of each thing."""
    if not was_demonstrated(home()):
        raise Failed("There is no demo yet. Start it first: mash demo")
    with surroundings(demo=True) as env:
        raise typer.Exit(in_foreground(django("world", *(["--json"] if as_json else [])), env))


@app.command(rich_help_panel=ASK)
def routes(as_json: Json = False) -> None:
    """Show every page: its path, methods, audience and policy."""
    raise typer.Exit(in_foreground(django("routes", *(["--json"] if as_json else [])), environment()))


@app.command(rich_help_panel=WORK, context_settings=PASSED_ON)
def test(context: typer.Context) -> None:
    """Run the tests, browser journeys included. What follows is handed to pytest: `mash test -k triage`."""
    with surroundings(chores.free_test_home(home()), durable=False) as env:
        raise typer.Exit(chores.test(context.args, env))


@app.command(rich_help_panel=WORK)
def check() -> None:
    """Check style, types, the walls between the rooms, templates and generated docs."""
    raise typer.Exit(chores.check())


@app.command(rich_help_panel=WORK, context_settings=PASSED_ON)
def lock(context: typer.Context) -> None:
    """Write the lock files again after a change in pyproject.toml. `mash lock --upgrade` takes the newest of all."""
    raise typer.Exit(chores.lock(context.args))


@app.command(rich_help_panel=WORK)
def sbom() -> None:
    """Write what openmash is made of, from the lock files, as CycloneDX JSON: `mash sbom > openmash.cdx.json`."""
    if not in_checkout():
        raise Failed("The lock files are in the checkout. Run ./mash sbom there.")
    sys.stdout.write(made_of())


def main() -> None:
    """Run the program; what goes wrong in a way we know is said in words."""
    for number in (signal.SIGTERM, signal.SIGHUP):
        if signal.getsignal(number) is not signal.SIG_IGN:  # `nohup` asks for that
            signal.signal(number, _leave)
    try:
        app(prog_name="mash")
    except (Unusable, Failed) as error:
        say(str(error), style="red", markup=False, soft_wrap=True)
        sys.exit(1)


def _leave(number: int, _: FrameType | None) -> None:
    sys.exit(128 + number)  # the same way out as Ctrl-C: everything that was started is stopped

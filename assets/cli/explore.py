"""``communique explore``: the page for looking at events, on this machine only."""

from __future__ import annotations

import socket
import sys
import threading
import webbrowser

from assets.cli.errors import CommandError
from assets.cli.homes import PUBLISHED, Place, reading
from warehouse.explore.marks import Found
from warehouse.home import existing_home

_HOST = "127.0.0.1"
_MOST_CHARACTERS = 5_000  # of a sentence in which dates and places are looked for
_SECONDS_TO_END = 3


def explore_command(port: int, home: Place | None, *, open_page: bool) -> None:
    """Serve the pages until Ctrl-C.

    CommandError where the port is taken, NotPublishedError where there is nothing to look at.
    """
    import uvicorn

    from warehouse.explore.app import application

    with reading(home, *PUBLISHED) as root:
        app = application(existing_home(root).published, find_again)
    with _listening(port) as listening:
        app.state.overview.work_out()
        # The gazetteer takes a second or two to read, which the first reader of an event should not wait for.
        threading.Thread(target=find_again, args=("Oslo", None), daemon=True).start()
        address = f"http://{_HOST}:{listening.getsockname()[1]}/"
        sys.stderr.write(f"Explore: {address}  (Ctrl-C ends it)\n")
        sys.stderr.flush()
        if open_page:
            webbrowser.open(address)
        config = uvicorn.Config(
            app, log_level="warning", access_log=False, server_header=False, lifespan="off",
            timeout_graceful_shutdown=_SECONDS_TO_END,
        )  # fmt: skip
        try:
            uvicorn.Server(config).run(sockets=[listening])
        except KeyboardInterrupt:
            sys.stderr.write("ended\n")


def find_again(text: str, published: str | None) -> Found:
    """Where dates and places stand in a sentence: the register keeps what they are, the extractor knows where."""
    from pipelines.extract.places.find import find_places
    from pipelines.extract.times.find import find_times

    if len(text) > _MOST_CHARACTERS:
        return Found()
    times = ((time.start, time.end, time.edtf) for time in find_times(text, published) if time.edtf)
    places = ((place.start, place.end, place.name) for place in find_places(text) if place.name)
    return Found(tuple(times), tuple(places))


def _listening(port: int) -> socket.socket:
    """A socket that takes connections already, so that a browser may come before the server is ready."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((_HOST, port))
        listening.listen()
    except OSError as error:
        listening.close()
        raise CommandError(
            f"port {port} cannot be used ({error.strerror}): choose another with --port"
        ) from error
    return listening

"""The options of a bench: its page as the help, a number or a switch each."""

import argparse


def read_options(page: str | None, **named: tuple[float | bool | str, str]) -> argparse.Namespace:
    """What the command line says.

    Args:
        page: the docstring of the bench; its first line is the help.
        named: of each option its default, which gives its type, and its help.
    """
    parser = argparse.ArgumentParser(description=(page or "").split("\n", 1)[0])
    for name, (default, told) in named.items():
        if isinstance(default, bool):
            parser.add_argument(f"--{name}", action="store_true", help=told)
        else:
            parser.add_argument(f"--{name}", type=type(default), default=default, help=f"{told} ({default})")
    return parser.parse_args()

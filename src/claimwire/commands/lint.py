"""`claimwire lint`: what is wrong with lexicons and feeds, before anybody is misled."""

from pathlib import Path

import click


@click.command()
@click.argument("languages", nargs=-1, metavar="[LANG]...")
@click.option("--untested", "is_untested", is_flag=True, help="Also list phrases that no golden sentence holds.")
@click.option(
    "--golden",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("tests/golden/claims"),
    show_default=True,
    help="Where the golden sentences are.",
)
def lint(languages: tuple[str, ...], golden: Path, *, is_untested: bool) -> None:
    """Check lexicons (all, or those of LANG) for dead phrases, clashes and doubles; and that the feeds load."""
    from claimwire.catalog.feeds import load_feeds
    from claimwire.catalog.golden import load_golden
    from claimwire.detect.library import Library
    from claimwire.detect.lint import find_untested, lint_lexicon
    from claimwire.errors import ClaimwireError, NotFound
    from claimwire.settings import read_settings

    root = read_settings().data_dir
    library = Library(root)
    sentences = load_golden(golden) if golden.is_dir() else {}
    faults = 0
    for language in languages or library.lexicons:
        finder = library.finder(language)
        if finder is None:
            raise NotFound(f"no lexicon of {language!r}; there are {', '.join(library.lexicons)}")
        findings = lint_lexicon(finder)
        texts = sentences[language].texts() if language in sentences else []
        untested = find_untested(finder, texts)
        for finding in [*findings, *(untested if is_untested else ())]:
            click.echo(str(finding))
        faults += len(findings)
        click.echo(
            f"{language}: {len(finder.phrases)} phrases, {len(findings)} faults, {len(untested)} untested", err=True
        )
    click.echo(f"{len(load_feeds(root))} feeds load", err=True)
    if faults:
        raise ClaimwireError(f"{faults} faults in the lexicons: mend or remove the phrases above")

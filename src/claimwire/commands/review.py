"""`claimwire review`: the review desk without Airflow."""

import secrets
from datetime import UTC, datetime

import click


@click.command()
@click.option("--port", default=8090, show_default=True, type=click.IntRange(0, 65535), help="0 takes a free one.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Another one needs CLAIMWIRE_REVIEW_PASSWORD.")
def review(port: int, host: str) -> None:
    """The review desk on this machine, with a login of its own; Ctrl-C ends it."""
    import uvicorn

    from claimwire.review.standalone import check_host, create_standalone
    from claimwire.settings import read_settings
    from claimwire.warehouse.migrate import open_migrated

    settings = read_settings()
    check_host(host, settings.review_password)
    engine = open_migrated(settings.warehouse_url)
    password = settings.review_password or secrets.token_urlsafe(12)
    app = create_standalone(engine, password, host, lambda: datetime.now(UTC), settings.data_dir)
    config = uvicorn.Config(app, host=host, port=port, log_level="warning", server_header=False, lifespan="off")
    listener = config.bind_socket()
    listener.listen()  # whoever reads the address below may connect at once
    click.echo(f"review desk: http://{host}:{listener.getsockname()[1]}/")
    click.echo("password: as set" if settings.review_password else f"password: {password} (this run only)")
    uvicorn.Server(config).run(sockets=[listener])

# The image of every Airflow component and of `claimwire` itself: pinned, non-root, nothing compiled at start.
FROM python:3.11-slim-bookworm AS build
ENV UV_COMPILE_BYTECODE=1 UV_LINK_MODE=copy
WORKDIR /build
COPY constraints.txt pyproject.toml README.md ./
COPY src ./src
RUN python -m venv /opt/venv \
 && /opt/venv/bin/pip install --no-cache-dir -q -c constraints.txt uv \
 && /opt/venv/bin/uv pip install --python /opt/venv/bin/python -c constraints.txt '.[cluster,analyst,archive]'

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends tini libpq5 fonts-dejavu-core \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --uid 50000 --gid 0 --home-dir /opt/airflow --create-home airflow
COPY --from=build /opt/venv /opt/venv
COPY --chown=50000:0 dags /opt/claimwire/dags
COPY --chown=50000:0 plugins /opt/claimwire/plugins
ENV PATH=/opt/venv/bin:$PATH \
    AIRFLOW_HOME=/opt/airflow \
    AIRFLOW__CORE__DAGS_FOLDER=/opt/claimwire/dags \
    AIRFLOW__CORE__PLUGINS_FOLDER=/opt/claimwire/plugins \
    AIRFLOW__CORE__LOAD_EXAMPLES=False \
    CLAIMWIRE_VAR_DIR=/opt/airflow/var \
    PYTHONUNBUFFERED=1
USER 50000:0
WORKDIR /opt/airflow
ENTRYPOINT ["tini", "--"]
CMD ["claimwire", "doctor"]
HEALTHCHECK --interval=60s --timeout=20s CMD ["claimwire", "--version"]

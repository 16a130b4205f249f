"""The plugin: small, lazy, and registered as Airflow wants it."""

import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

PLUGINS = Path(__file__).parents[2] / "plugins"

if find_spec("airflow") is None:  # not imported here: it reads its environment once, when first imported
    pytest.skip("Airflow is not installed", allow_module_level=True)
pytestmark = pytest.mark.airflow


def run_apart(code: str, tmp_path: Path) -> str:
    """What a process of its own prints: Airflow's import leaves much behind."""
    env = {"AIRFLOW_HOME": str(tmp_path), "PYTHONPATH": str(PLUGINS), "PATH": "", "HOME": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code], env=env, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.mark.parametrize("name", ["claim_review_plugin", "claim_review_airflow"])
def test_a_plugin_file_is_short(name):
    assert len((PLUGINS / f"{name}.py").read_text(encoding="utf-8").splitlines()) <= 50


@pytest.mark.slow
def test_importing_the_plugin_loads_no_part_of_the_desk(tmp_path):
    """Every task process imports it."""
    code = (
        "import sys, airflow.plugins_manager\n"
        "before = set(sys.modules)\n"
        "import claim_review_plugin, claim_review_airflow\n"
        "new = {name.split('.')[0] for name in set(sys.modules) - before}\n"
        "print(sorted(new & {'claimwire', 'jinja2', 'babel', 'fastapi', 'sqlalchemy', 'numpy'}))\n"
    )
    assert run_apart(code, tmp_path).strip().splitlines()[-1] == "[]"


@pytest.mark.slow
def test_it_names_an_app_and_a_place_in_the_navigation(tmp_path):
    code = (
        "from claim_review_plugin import ClaimReviewPlugin as plugin\n"
        "view = plugin.external_views[0]\n"
        "print(plugin.fastapi_apps[0]['url_prefix'], view['name'], view['href'], view['destination'])\n"
    )
    printed = run_apart(code, tmp_path).strip().splitlines()[-1]
    assert printed == "/review Review /review/ nav"

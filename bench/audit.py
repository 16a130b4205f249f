"""Known holes in the pinned dependencies, or one honest line where nobody could be asked.

    python -m bench.audit

Without a vulnerability service pip-audit skips every package and yet says "no known vulnerabilities": here that is
told as what it is. Exit code 1 where a hole is known.
"""

import json
import subprocess
import sys
from pathlib import Path

PINNED = Path(__file__).resolve().parent.parent / "constraints.txt"
ASKED = ("-m", "pip_audit", "--disable-pip", "--no-deps", "--progress-spinner", "off", "-f", "json", "-r", str(PINNED))


def main() -> int:
    """Prints a line a hole and one in the end; gives the exit code."""
    run = subprocess.run([sys.executable, *ASKED], capture_output=True, text=True, check=False)
    try:
        packages = json.loads(run.stdout)["dependencies"]
    except ValueError:
        said = (run.stderr.strip() or "nothing").splitlines()[-1]
        print(f"pip-audit: dependencies were NOT audited; it said: {said[:200]}")
        return 0
    audited = [package for package in packages if "skip_reason" not in package]
    holes = [(package, hole) for package in audited for hole in package["vulns"]]
    for package, hole in holes:
        print(f"{package['name']} {package['version']}: {hole['id']}, mended in {', '.join(hole['fix_versions'])}")
    if not audited:
        print(f"pip-audit: none of {len(packages)} packages could be looked up from here: NOT audited")
        return 0
    print(f"pip-audit: {len(audited)} of {len(packages)} packages audited, {len(holes)} known holes")
    return 1 if holes else 0


if __name__ == "__main__":
    sys.exit(main())

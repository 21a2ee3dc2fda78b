import re
import subprocess
import sys

from cli_process import ROOT, environment


def test_the_reference_is_what_the_help_says(tmp_path):
    done = subprocess.run(
        [sys.executable, ROOT / "docs" / "reference.py", "--check"],
        cwd=tmp_path,
        env=environment(),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def test_the_form_of_the_reference():
    page = (ROOT / "docs" / "cli.md").read_text(encoding="utf-8")
    headings = re.findall(r"^#.*$", page, re.M)
    assert "## `newsmine corpus info`" in headings
    assert not [heading for heading in headings if "  " in heading]
    assert not re.search(r"^#.*\n[^\n]", page, re.M)
    assert "Usage: newsmine load [OPTIONS] PATH...\n" in page
    assert "Usage: newsmine entities [OPTIONS] [PATH]...\n" in page
    assert "<list[str]>" not in page

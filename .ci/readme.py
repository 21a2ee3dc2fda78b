"""Run the commands of the README's first two shell blocks, as they are written there."""

import re
import subprocess
import sys
from pathlib import Path

text = Path("README.md").read_text(encoding="utf-8")
commands = re.findall(r"^```sh\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
if len(commands) != 2:
    sys.exit(f"the README should have two shell blocks, and has {len(commands)}")
for command in commands:
    print(f"$ {command.strip()}", flush=True)
    subprocess.run(["bash", "-euo", "pipefail", "-c", command], check=True)

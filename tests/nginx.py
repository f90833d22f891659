"""Runs nginx on this machine with the configuration that `summitry nginx` prints for a site."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from running import PUBLISHED, free_port, run

BASE = urlsplit(PUBLISHED["SITE_URL"]).path


def _user() -> str:
    """Root's workers would be somebody else, who may not read a folder for tests."""
    return "user root;\n" if os.geteuid() == 0 else ""


@contextmanager
def behind_nginx(built: Path, folder: Path) -> Iterator[str]:
    """The address of a copy of a site behind nginx, at the path of its own address."""
    site = folder / BASE.strip("/")
    shutil.copytree(built, site)
    printed = run("summitry", "nginx", "--pack", str(site), env=PUBLISHED)
    assert printed.returncode == 0, printed.stderr
    port = free_port()
    (folder / "site.conf").write_text(printed.stdout.replace("listen 80;", f"listen {port};"))
    (folder / "nginx.conf").write_text(
        f"{_user()}pid {folder}/pid; error_log {folder}/error.log;\n"
        "daemon off; worker_processes 2;\n"
        "events { worker_connections 1024; }\n"
        f"http {{ access_log off; include {folder}/site.conf; }}\n"
    )
    (folder / "mime.types").symlink_to("/etc/nginx/mime.types")
    command = [shutil.which("nginx") or "/usr/sbin/nginx", "-c", f"{folder}/nginx.conf"]
    tried = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    process = subprocess.Popen(command)
    try:
        while process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}{BASE}"
    finally:
        process.terminate()
        process.wait()

#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How much a program brings onto a bare Debian: the packages that it depends on, and theirs, beyond
those that every system has (Priority: required, and apt), by what dpkg says of their size. All are
installed here. Recommendations are left out; fonts for Chinese are in each."""
import os
import re
import subprocess
import tempfile

PEERS = {"Chromium": ["chromium"], "surf": ["surf", "matchbox-window-manager"], "mpv": ["mpv"], "feh": ["feh"]}
FONTS = "fonts-noto-cjk"
# What the package fangzi-kiosk asks for beside its libraries (debian/control).
OURS_TOO = ["ca-certificates", "dpkg-repack", "libegl1", "libgbm1", "libgl1-mesa-dri", "libgles2", "tzdata"]


def read_packages():
    """{name: (KB, needs)} and {virtual name: who gives it}."""
    out = subprocess.run(["dpkg-query", "-W", "-f", "${Package}\t${db:Status-Status}\t${Priority}\t${Installed-Size}\t"
                          "${Pre-Depends}, ${Depends}\t${Provides}\n"], check=True, capture_output=True, text=True).stdout
    packages, gives, base = {}, {}, ["apt"]
    for line in out.splitlines():
        name, status, priority, size, needs, provides = line.split("\t")
        if status != "installed":
            continue
        packages[name] = int(size or 0), [[re.split(r"[ (:]", one.strip())[0] for one in need.split("|")]
                                          for need in needs.split(",") if need.strip()]
        base += [name] if priority == "required" else []
        for given in provides.split(","):
            gives.setdefault(re.split(r"[ (]", given.strip())[0], []).append(name)
    return packages, gives, base


def closure(wanted, packages, gives):
    found, waiting = set(), list(wanted)
    while waiting:
        name = waiting.pop()
        if name in found or name not in packages:
            continue
        found.add(name)
        for choices in packages[name][1]:
            have = [c for c in choices if c in packages] or [g for c in choices for g in gives.get(c, [])]
            waiting += have[:1]
    return found


def libraries_of(programs):
    """The packages that hold what they are linked with, and the programs' own size without symbols."""
    paths, own_kb = set(), 0
    for program in programs:
        out = subprocess.run(["ldd", program], check=True, capture_output=True, text=True).stdout
        paths |= {os.path.basename(p) for p in re.findall(r"=> (/\S+)", out)}
        with tempfile.NamedTemporaryFile() as f:
            subprocess.run(["strip", "-o", f.name, program], check=True)
            own_kb += os.path.getsize(f.name) // 1024
    out = subprocess.run(["dpkg-query", "-S", *(f"*/{p}" for p in paths)], check=False, capture_output=True, text=True).stdout
    return {line.split(":")[0] for line in out.splitlines() if re.search(r"/lib/x86_64|/lib/a", line)}, own_kb


def sizes_mb(o):
    packages, gives, base = read_packages()
    bare = closure(base, packages, gives)

    def beyond(wanted):
        return sum(packages[name][0] for name in closure([*wanted, FONTS], packages, gives) - bare)
    libraries, own_kb = libraries_of([f"{o}/fangzi-kiosk", f"{o}/fangzi-sync"])
    sizes = {who: beyond(wanted) / 1024 for who, wanted in PEERS.items()}
    sizes["ours"] = (beyond([*libraries, *OURS_TOO]) + own_kb) / 1024
    return sizes

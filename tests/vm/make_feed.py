#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""make_feed.py O OUT VERSIONS: a feed of many versions for power_cut.py. OUT/N is the feed as it
stands when version N is out; objects and manifests are shared between them. A few
pictures change with each version, and every eighth brings a new trust document."""
import hashlib
import json
import os
import random
import subprocess
import sys

TRUST_EVERY = 8
PICTURES = 5
ISSUED = "2026-01-01T%02d:%02d:00+08:00"


def sign(programs, *words):
    subprocess.run([f"{programs}/fangzi-sign", *words], check=True, stdout=subprocess.DEVNULL)


def forge(programs, kind, key, body, path):
    with open(path, "wb") as out:
        subprocess.run([f"{programs}/tests/forge", kind, key], input=json.dumps(body).encode(), stdout=out,
                       check=True)


def keep_object(out, data):
    digest = hashlib.sha256(data).hexdigest()
    with open(f"{out}/objects/{digest}", "wb") as file:
        file.write(data)
    return {"sha256": digest, "size": len(data)}


def make_trust(programs, keys, out, count):
    for role in ("root", "publisher", "head"):
        sign(programs, "keygen", "--type", "ed25519", "--out", f"{keys}/{role}")
    roles = [word for role in ("root", "publisher", "head") for word in (f"--{role}", f"{keys}/{role}.pub")]
    sign(programs, "trust", "--feed", "town", *roles, "--key", f"{keys}/root", "--out", out)
    for _ in range(count - 1):
        sign(programs, "trust", "--key", f"{keys}/root", "--out", out)


def make_version(programs, keys, out, version, pictures):
    times = {"issued": ISSUED % (version // 60, version % 60), "expires": "2036-01-01T00:00:00+08:00"}
    content = keep_object(out, json.dumps({"version": version, "text": "通知" * 2000}).encode())
    media = [{"name": f"p{n}.png", "type": "image/png", **picture} for n, picture in enumerate(pictures)]
    manifest = f"{out}/manifests/{version}.json"
    forge(programs, "manifest", f"{keys}/publisher", {"feed": "town", "version": version, **times,
                                                      "content": content, "media": media}, manifest)
    with open(manifest, "rb") as file:
        data = file.read()
    trust = 1 + version // TRUST_EVERY
    stand = f"{out}/{version}"
    os.makedirs(f"{stand}/trust")
    for number in range(1, trust + 1):
        os.symlink(f"../../trust/{number}.json", f"{stand}/trust/{number}.json")
    for name in ("objects", "manifests"):
        os.symlink(f"../{name}", f"{stand}/{name}")
    ref = {"version": version, "sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    forge(programs, "head", f"{keys}/head", {"feed": "town", "seq": version, **times, "trust": trust,
                                             "manifest": ref, "mode": "show", "alerts": []}, f"{stand}/head.json")


def main():
    programs, out, versions = sys.argv[1], sys.argv[2], int(sys.argv[3])
    keys = f"{out}.keys"
    dice = random.Random(1)
    for folder in (keys, f"{out}/objects", f"{out}/manifests"):
        os.makedirs(folder)
    make_trust(programs, keys, out, 1 + versions // TRUST_EVERY)
    pictures = [None] * PICTURES
    for version in range(1, versions + 1):
        for n in range(PICTURES):
            if pictures[n] is None or dice.random() < 0.5:
                pictures[n] = keep_object(out, dice.randbytes(dice.randint(1, 60000)))
        make_version(programs, keys, out, version, pictures)


main()

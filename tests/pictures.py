#!/usr/bin/python3
"""pictures.py O OUT: every page and alert of the demo, of generated documents and of those that
mean harm, at every size, as OUT/<document>/<size>/<name>.png, and
OUT/index.html to browse them by kind and size. For eyes; nothing is compared."""
import html
import json
import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

SIZES = ["1280x720", "1366x768", "1920x1080", "3840x2160", "1080x1920", "2160x3840", "1024x600", "800x480", "1536x512"]
DAY, EVENING = "2023-06-28T10:24:00+08:00", "2023-07-15T19:42:00+08:00"
STYLE = """body{font:16px sans-serif;background:#ddd;margin:24px} section{margin:32px 0}
figure{display:inline-block;margin:4px} figcaption{font-size:12px;max-width:240px;overflow:hidden}
img{height:135px;background:#bbb} nav a{margin-right:16px}"""


def documents(tools, out):
    """Name: (file, its media, moment)."""
    media = "build/demo/media"
    made = {"demo": ("assets/demo/content.json", media, DAY), "demo-evening": ("assets/demo/content.json", media, EVENING),
            "stress": ("tests/content/stress/content.json", media, DAY)}
    for name, command in (("generated", [f"{tools}/tests/gen_content", "1"]), ("hostile", ["tests/gen_hostile.py"])):
        path = out / f"{name}.json"
        path.write_bytes(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
        made[name] = (str(path), *(("tests/content/hostile", EVENING) if name == "hostile" else (media, DAY)))
    return made


def paint(tools, out, name, size, content, media, moment):
    """Paints one document at one size; the paths in its order."""
    folder = out / name / size
    said = subprocess.run([f"{tools}/fangzi-sign", "preview", "--content", content, "--media", media,
                           "--out", str(folder), "--size", size, "--at", moment],
                          check=True, stdout=subprocess.PIPE, text=True).stdout
    return [Path(line).relative_to(out) for line in said.splitlines()]


def index(shown):
    """shown: {kind: {size: [(document, path)]}}."""
    out = [f"<!doctype html><meta charset=utf-8><title>Pages</title><style>{STYLE}</style><nav>"]
    out += [f"<a href='#{kind}'>{kind}</a>" for kind in shown]
    out.append("</nav>")
    for kind, sizes in shown.items():
        out.append(f"<section id='{kind}'><h1>{kind}</h1>")
        for size in SIZES:
            out.append(f"<h2>{kind} {size}</h2>")
            for document, path in sizes.get(size, []):
                source = html.escape(str(path))
                out.append(f"<figure><a href='{source}'><img loading=lazy src='{source}'></a>"
                           f"<figcaption>{document}: {html.escape(path.stem)}</figcaption></figure>")
        out.append("</section>")
    return "\n".join(out) + "\n"


def main():
    tools, out = sys.argv[1], Path(sys.argv[2])
    out.mkdir(parents=True, exist_ok=True)
    shown = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = []
        for name, (content, media, moment) in documents(tools, out).items():
            kinds = {b["id"]: b["kind"] for b in json.loads(Path(content).read_text())["boards"]}
            for size in SIZES:
                jobs.append((name, size, kinds, pool.submit(paint, tools, out, name, size, content, media, moment)))
        for name, size, kinds, job in jobs:
            for path in job.result():
                kind = kinds.get(path.stem.rsplit("-", 1)[0], "alert")
                shown.setdefault(kind, {}).setdefault(size, []).append((name, path))
    (out / "index.html").write_text(index(shown))
    print(out / "index.html")


if __name__ == "__main__":
    main()

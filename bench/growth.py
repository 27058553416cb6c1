#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""How cost grows: growth.py O WORK DOCS. Tables in Markdown, and a plot of each as
DOCS/growth-*.svg. On an X display of 3840x2160."""
import json
import os
import re
import statistics
import subprocess
import sys

sys.dont_write_bytecode = True
import bench

STARTS = 5
PROJECTS = (100, 223, 1000, 3000, 10000)
BOARDS = (10, 25, 50, 100, 200)
SIZES = ("1280x720", "1920x1080", "2560x1440", "3840x2160")
PICTURES = (0.5, 1, 2, 3)  # times the demo's drawing; what is larger is refused
SCREENS = (100, 300, 1000, 3000)
COLORS = ("#0d2b30", "#b8261b", "#0b6e69")
WIDTH, HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 720, 300, 64, 200, 24, 40


def plot(path, title, xs, series):
    """Lines over xs, which stand equally far apart; each is scaled by its own greatest value."""
    def x_of(i):
        return LEFT + (WIDTH - LEFT - RIGHT) * i / (len(xs) - 1)

    def y_of(share):
        return HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * share
    out = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" font-size="12">',
           f'<rect width="{WIDTH}" height="{HEIGHT}" fill="#f5f3ec"/>',
           f'<path d="M{LEFT} {TOP}V{HEIGHT - BOTTOM}H{WIDTH - RIGHT}" fill="none" stroke="#73908f"/>']
    for i, x in enumerate(xs):
        out.append(f'<text x="{x_of(i):.0f}" y="{HEIGHT - BOTTOM + 18}" text-anchor="middle">{x}</text>')
    out.append(f'<text x="{LEFT}" y="{HEIGHT - 6}">{title}</text>')
    for color, (name, values) in zip(COLORS, series.items()):
        points = [(x_of(i), y_of(v / max(values))) for i, v in enumerate(values)]
        line = " ".join(f"{x:.0f},{y:.0f}" for x, y in points)
        out.append(f'<polyline points="{line}" fill="none" stroke="{color}" stroke-width="2"/>')
        n = list(series).index(name)
        out.append(f'<text x="{WIDTH - RIGHT + 12}" y="{TOP + 16 + 20 * n}" fill="{color}">{name}: to {max(values):.4g}</text>')
    with open(path, "w", encoding="utf-8") as f:
        f.write("\n".join([*out, "</svg>\n"]))


def tell(docs, name, title, xs, series):
    print(f"\n| {title} | " + " | ".join(map(str, xs)) + " |\n|" + "---|" * (len(xs) + 1))
    for what, values in series.items():
        print(f"| {what} | " + " | ".join(f"{v:.4g}" for v in values) + " |")
    print(f"\n![{title}](growth-{name}.svg)", flush=True)
    plot(f"{docs}/growth-{name}.svg", title, xs, series)


def generated(o, projects):
    document = json.loads(subprocess.run([f"{o}/tests/gen_content", "1", str(projects)], check=True,
                                         capture_output=True).stdout)
    for board in document["boards"]:
        board.pop("screens", None)
        board.pop("when", None)
    return document


def shown(feed, size=bench.SIZES[0]):
    """Milliseconds from exec to the first page (median), and MB of memory with the next one painted."""
    times, memory = [], 0
    for _ in range(STARTS):
        t, began, path = feed.show(size=size)
        bench.wait_for(lambda: bench.read_frames(path), 30)
        times.append((bench.read_frames(path)[0][0] - began) / 1000)
        bench.wait_for(lambda: len(bench.read_frames(path)) > 2, 30)
        memory = t.memory_mb()[0]
        bench.end(t)
    return statistics.median(times), memory


def grow(xs, names, measure):
    rows = [measure(x) for x in xs]
    return dict(zip(names, map(list, zip(*rows))))


def by_projects(o, work):
    def measure(count):
        feed = bench.Feed(o, f"{work}/projects", generated(o, count))
        out = subprocess.run([f"{o}/bench/bulk_insert", f"{feed.folder}/content.json"], check=True, capture_output=True,
                             text=True).stdout
        take_ms, insert_ms, size, grown = map(float, out.split())
        return (*shown(feed), take_ms, take_ms / insert_ms, grown / size)
    return grow(PROJECTS, ("first page ms", "memory MB", "document taken ms", "beside SQLite's bulk insert",
                           "memory to take it, in documents"), measure)


def by_boards(o, work):
    """Of kinds with one page: a trial paints all of a version's, and has only so long."""
    document = generated(o, 223)
    base = [b for b in document["boards"] if b["kind"] in ("overview", "standing", "league", "projects", "targets")]

    def measure(count):
        boards = [dict(base[i % len(base)], id=f"b{i}") for i in range(count)]
        return shown(bench.Feed(o, f"{work}/boards", dict(document, boards=boards)))
    return grow(BOARDS, ("first page ms", "memory MB"), measure)


def by_pages(o, work):
    """One list of so many projects, seven a page."""
    document = generated(o, 2000)
    board = next(b for b in document["boards"] if b["kind"] == "list" and b.get("status") == "schedule")
    ids = [p["id"] for p in document["projects"]]

    def measure(pages):
        board_of = dict(board, of=ids[:pages * 7])
        return shown(bench.Feed(o, f"{work}/pages", dict(document, boards=[board_of])))
    return grow((1, 5, 10, 20), ("first page ms", "memory MB"), measure)


def by_size(o, work):
    feed = bench.Feed(o, f"{work}/size", generated(o, 223))
    return grow(SIZES, ("first page ms", "memory MB"), lambda size: shown(feed, size))


def by_picture(o, work):
    with open("assets/demo/content.json", encoding="utf-8") as f:
        demo = json.load(f)
    board = {k: v for k, v in next(b for b in demo["boards"] if b["kind"] == "picture").items() if k != "screens"}

    def measure(zoom):
        media = f"{work}/media-{zoom}"
        os.makedirs(media, exist_ok=True)
        for name in ("season", "town", "town-evening"):
            bench.run("rsvg-convert", "--zoom", str(zoom), "-o", f"{media}/{name}.png", f"assets/demo/{name}.svg")
        return shown(bench.Feed(o, f"{work}/picture", dict(demo, boards=[board]), media))
    return grow(PICTURES, ("first page ms", "memory MB"), measure)


def by_screens(o):
    def measure(count):
        out = subprocess.run(["tests/load/wait.sh", str(count)], check=True, capture_output=True, text=True,
                             env=dict(os.environ, O=o)).stdout
        late = [float(ms) for ms in re.findall(r"p99 (\d+) ms", out)]
        return min(late), int(re.search(r"(\d+) kB with", out)[1]) / 1024
    return grow(SCREENS, ("an alert known, p99 ms", "the hub's memory MB"), measure)


def main():
    o, work, docs = sys.argv[1:]
    tell(docs, "projects", "projects", PROJECTS, by_projects(o, work))
    tell(docs, "boards", "boards", BOARDS, by_boards(o, work))
    tell(docs, "pages", "pages of one list", (1, 5, 10, 20), by_pages(o, work))
    tell(docs, "sizes", "display", SIZES, by_size(o, work))
    tell(docs, "pictures", "picture, times the demo's", PICTURES, by_picture(o, work))
    tell(docs, "screens", "screens on one hub", SCREENS, by_screens(o))


if __name__ == "__main__":
    main()

#!/usr/bin/python3
"""gen_hostile.py > content.json: a document that is valid and means harm, of every
kind of board, in both themes: the longest texts that the format takes, no item, one,
as many as a page has, one more, a thousand; nothing, less than nothing and huge
numbers; every status at once, ties, ranks that nobody knows, dates half known, a
programme of sixty that passes midnight, Latin and digits within, the rarest
characters that the fonts have, pictures out of all proportion, and alerts as long as
they may be. Always the same bytes. Written for 2023-06-28."""
import json

RARE = "𬭎㛃"  # U+2CB4E, U+36C3: in the General Standard, and not in the BMP's usual part
HOME = "乙区"
HUGE = 999999999999
ORIGIN = {"as_of": "示例", "source": "sample", "sample": True}
STATES = ["unreported", "not_started", "in_progress", "done", "waived", "suspended"]
DATES = ["2023-06-20", "2023-06-28", "2023-07-01", "2023-12", "2023-35", "2024-40", "2025", "2023-09~"]


def text(length, *pieces):
    """Exactly so many characters out of what office names are made of."""
    words = "某".join(pieces) or f"某{RARE}高端智能装备研发生产及配套5G基础设施建设（二期）暨AI综合服务基地"
    return (words * (length // len(words) + 1))[:length - 1] + "基"


def milestones(number):
    """From none to sixty-four, in every state, planned as vaguely as can be."""
    count = [0, 1, 2, 7, 12, 64][number % 6]
    out = []
    for i in range(count):
        state = STATES[(number + i) % len(STATES)]
        m = {"id": f"m{i}", "name": text(4 + (number + i) % 21), "state": state}
        if state == "done":
            m["actual"] = f"202{2 - i % 2}-{1 + (number + i) % 12:02d}-15"
        else:
            m["planned"] = DATES[(number + i) % len(DATES)]
        out.append(m)
    return out


MONEY = [None, 0, 1, 99, 9999, 55555, 99999999, 100000000, 125000000, 123456789012, 1000000000000000]


def project(number):
    p = {"id": f"p{number}", "name": text(40 if number % 3 else 4), "kind": "industry",
         "owner": text(40), "park": text(20), "sector": text(20), "brief": text(40),
         "phase": ["a", "b", "c"][number % 3], "milestones": milestones(number),
         "note": text(39) + "\n" + text(40), **ORIGIN, "as_of": text(24)}
    if number % 2:
        p["short_name"] = text(20)
    money = MONEY[number % len(MONEY)]
    if money is not None:
        p["investment_cny"] = money
    if number % 11 == 0:
        p["status"] = "done"
    return p


VALUES = [0, -1, 1, 0.001, -0.5, 9999, 10000, 12345.678, -HUGE, HUGE, 99.95, 100.0, None]


def standings(count, kind):
    rows = []
    for i in range(count):
        row = {"region": HOME if i == count // 2 else text(7) + str(i % 10)}
        value = {"ties": 5, "mixed": VALUES[i % len(VALUES)], "huge": HUGE - i, "near": 100 - i / 3}[kind]
        if value is not None:
            row["value"] = value
        if kind != "mixed" or i % 3:
            row["rank"] = 1 if kind == "ties" else i + 1
            row["previous_rank"] = count - i
        rows.append(row)
    return rows


def indicator(name, **more):
    return {"id": name, "name": text(24), "unit": "%", "period": "2023-01/2023-05", "better": "high", **ORIGIN, **more}


def indicators():
    out = [indicator("share", value=71.5, change_pp=8.6, decimals=1), indicator("none"),
           indicator("huge", unit=text(8), value=-HUGE, change_pp=-HUGE)]
    for i in range(14):
        more = [{"rank": i + 1}, {"rank_at_least": i + 1}, {}, {"rank": 1, "members": 100}][i % 4]
        out.append(indicator(f"r{i}", of=[14, 15, 20, 21, 200][i % 5], **more))
    for count in (1, 7, 8, 14, 200):
        for kind in ("ties", "mixed", "huge", "near"):
            out.append(indicator(f"l{count}-{kind}", of=count, standings=standings(count, kind)))
    return out


QUALIFIERS = [None, "over", "about", "at_least", "planned", "top_n", "rank"]


def figures():
    out = []
    for i in range(28):
        value = VALUES[i % (len(VALUES) - 1)]
        f = {"id": f"f{i}", "label": text(19) + "\n" + text(20), "value": value, "unit": text(1 + i % 8), **ORIGIN,
             "derived": text(40), "as_of": text(24)}
        qualifier = QUALIFIERS[i % len(QUALIFIERS)]
        if qualifier in ("top_n", "rank"):
            f["value"] = 1 + i
        if qualifier:
            f["qualifier"] = qualifier
        else:
            f["trend"] = ["up", "down", "flat"][i // 7 % 3]
        out.append(f)
    for name, value in (("total", 99999), ("done", 66666), ("doing", 33333), ("zero", 0), ("one", 1)):
        out.append({"id": name, "label": text(40), "value": value, "unit": "个", **ORIGIN})
    return out


def clock(minute):
    day, minute = 15 + minute // 1440, minute % 1440
    return f"2023-07-{day:02d}T{minute // 60:02d}:{minute % 60:02d}:00+08:00"


def programme(count):
    out = []
    for i in range(count):
        item = {"id": f"i{i}", "title": text(40 if i % 2 else 2), "from": clock(17 * 60 + 10 * i), "place": text(24)}
        if i % 5 == 1:
            item.update(status="moved", was=clock(17 * 60 + 10 * i - 5))
        elif i % 5 == 2:
            item["status"] = "cancelled"
        if i % 4 == 0:
            item["to"] = clock(17 * 60 + 10 * i + 25)  # two at once
        out.append(item)
    return out


def occasion(key, **more):
    return {"id": key, "name": text(16), "subtitle": text(20), "from": "2023-07-15", "to": "2023-10-31", "venue": text(20),
            "url": "https://season.example.org/" + "a" * 172, "highlights": [text(24) for _ in range(8)],
            "status": "confirmed", "programme": [], **ORIGIN, **more}


def occasions():
    out = [occasion("bare", highlights=[], **{"from": "2023", "to": "2024"})]
    for status in ("tentative", "postponed", "suspended", "cancelled"):
        out.append(occasion(status, status=status, reason=text(40)))
    for i, (start, end) in enumerate((("2023-07", "2023-10"), ("2023-33", "2023-36"), ("2023-06-28", "2023-06-28"))):
        out.append(occasion(f"d{i}", **{"name": "“" + text(5) + "”", "from": start, "to": end}))
    for count in (0, 1, 7, 8, 60):
        out.append(occasion(f"n{count}", programme=programme(count)))
    return out


def notices():
    out = []
    for i in range(9):
        out.append({"id": f"n{i}", "title": text([40, 2, 13, 20][i % 4]), "text": text([200, 4, 60][i % 3]), "ticker": i == 0,
                    "category": text(4), "level": ["info", "important"][i % 2], **ORIGIN})
    return out


def others():
    """What further kinds of board show."""
    directions = ("north", "east", "south", "west")
    limit = [{"value": 1, "unit": "days"}, {"value": 1000, "unit": "months"}, {"value": 999, "unit": "workdays"}]
    return {
        "places": [{"id": "p", "name": text(16), "text": text(160), "picture": "tall.png", "figures": ["f1", "f2", "f3", "f8"],
                    "features": [text(40) for _ in range(8)]},
                   {"id": "bare", "name": "某", "text": "某", "figures": [], "features": []}],
        "journeys": [{"id": "j", "name": text(20), "figures": ["f1", "f2", "f3"],
                      "steps": [{"name": text(40), "limit": limit[i % 3]} for i in range(20)]},
                     {"id": "bare", "name": "某", "figures": [], "steps": [{"name": "某", "limit": limit[0]}]}],
        "records": [{"id": f"r{i}", "value": [0, 1, 37, 100000][i % 4], "unit": ["days", "months"][i % 2], "who": text(40),
                     "what": text(40), **ORIGIN} for i in range(9)],
        "patterns": [{"id": "p", "name": text(20), "centre": text(8),
                      "arms": [{"direction": d, "name": text(4), "theme": text(60), "note": text(16),
                                "stations": [text(16) for _ in range(4)]} for d in directions]},
                     {"id": "bare", "name": "某", "centre": "某",
                      "arms": [{"direction": "west", "name": "某", "theme": "某", "stations": []}]}],
        "targets": [{"id": "t", "name": text(24), "by": "2030", "now": text(40), **ORIGIN,
                     "items": [{"label": text(12), "value": v, "unit": text(8), "qualifier": "about", "progress": HUGE}
                               for v in (0, 1, HUGE)],
                     "tracks": [{"name": text(20)} if i % 2 else {} for i in range(16)],
                     "parks": [{"name": text(20)} if i % 2 else {} for i in range(16)]},
                    {"id": "bare", "name": "某", "by": "2030", "items": [{"label": "某", "value": 0, "unit": "个"}],
                     "tracks": [], "parks": [], **ORIGIN}],
    }


SIGNS = ["up", "up-right", "right", "down-right", "down", "down-left", "left", "up-left", "pause", None]


def alerts():
    """Every level with every sign, at the ceilings of the texts and with next to none."""
    out = []
    for i in range(20):
        a = {"id": f"a{i}", "status": ["actual", "exercise"][i // 4 % 2], "level": ["red", "orange", "yellow", "blue"][i % 4],
             "title": text([8, 1, 4, 5, 6][i % 5]), "publisher": text([24, 2][i % 2]), "sample": i % 7 == 0,
             "text": [text(51), "某", "\n".join(text(17) for _ in range(3)), text(28), "WiFi6E/5G" * 5 + "停电"][i // 2 % 5]}
        if SIGNS[i % 10]:
            a["arrow"] = SIGNS[i % 10]
        out.append(a)
    return out


def posters():
    """Wide, tall, and of one pixel; tests/content/hostile holds them."""
    out = []
    for theme in ("hall", "festival"):
        for name in ("wide", "tall", "dot"):
            b = {"id": f"poster-{name}-{theme}", "kind": "picture", "theme": theme, "picture": name + ".png",
                 "caption": text(40), "sample": theme == "hall"}
            if name == "dot":
                del b["caption"]
            out.append(b)
    return out


def boards():
    fs = [f"f{i}" for i in range(28)]
    kinds = [("overview", ["huge"] + fs[:13]), ("overview", ["share"] + fs[13:16]), ("overview", ["none", "f0"]),
             ("overview", fs[20:21]), ("standing", [f"r{i}" for i in range(14)]), ("standing", ["r0"]), ("league", None),
             ("projects", ["total", "done", "doing"] + fs[7:11]), ("projects", ["zero", "zero", "zero"]),
             ("projects", ["one", "one", "zero", "f9"]), ("projects", ["f8", "done", "doing"]), ("list", None),
             ("list", {"kind": "nothing"}), ("list", ["p1"]), ("list", [f"p{i}" for i in range(7)]),
             ("list", [f"p{i}" for i in range(8)]), ("detail", [f"p{i}" for i in range(24)]), ("records", None),
             ("targets", None), ("pattern", None), ("journey", None), ("place", None), ("occasion", None),
             ("programme", None), ("notices", None), ("notices", ["n0"])]
    out = []
    for theme in ("hall", "festival"):
        for number, (kind, of) in enumerate(kinds):
            if theme == "festival" and kind == "list" and of is None:
                continue  # the same thousand rows in other colours
            for way in ("schedule", "stage", "facts") if kind == "list" else (None,):
                b = {"id": f"{kind}-{number}-{way or 'usual'}-{theme}", "kind": kind, "theme": theme}
                if kind not in ("occasion", "detail", "league"):
                    b.update(title=text(20), subtitle=text(30))
                if of is not None:
                    b["of"] = of
                if way:
                    b["status"] = way
                out.append(b)
    return out + posters()


def document():
    phases = [{"id": i, "name": text(4), "label": text(8), "is_construction": i == "b"} for i in "abc"]
    return {"schema": 1, "site": {"name": HOME, "timezone": "Asia/Shanghai"},
            "sources": [{"id": "sample", "name": text(24)}], "calendar": {"holidays": [], "workdays": []},
            "phases": [{"id": "t", "name": "某", "phases": phases}], "rules": [],
            "projects": [project(i) for i in range(1000)], "indicators": indicators(), "figures": figures(),
            "occasions": occasions(), "notices": notices(), **others(), "alerts": alerts(), "boards": boards(), "screens": {}}


if __name__ == "__main__":
    print(json.dumps(document(), ensure_ascii=False, separators=(",", ":")))

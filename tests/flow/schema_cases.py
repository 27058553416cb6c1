#!/usr/bin/python3
"""Small content documents, each one change away from a sound one, and what the JSON
Schema says of them: schema_cases.py SCHEMA FOLDER.

Writes FOLDER/<n>.json and prints a line for each case:
    n TAB what src/content must say TAB what the schema says TAB the case
A case says "fine", "refused", or "unsayable": refused by src/content though no schema
can say so. For these the schema must accept, so that the mark cannot outlive its reason.
"""
import copy
import json
import sys

import jsonschema

with open("tests/content/small/content.json", encoding="utf-8") as f:
    BASE = json.load(f)

GONE = object()
FINE, REFUSED, UNSAYABLE = "fine", "refused", "unsayable"
P, I, F, O, B, N = ("projects", 0), ("indicators", 0), ("figures", 0), ("occasions", 0), ("boards", 0), ("notices", 0)
TITLE, M2 = (*N, "title"), (*P, "milestones", 1)

# What it is, the verdict, where, and the value there.
CASES = [
    ("the base document", FINE, (), None),
    # the document
    ("an unknown top-level key", REFUSED, ("colour",), "red"),
    ("an unknown field of an item: a misspelt sample", REFUSED, (*P, "smaple"), True),
    ("schema 2", REFUSED, ("schema",), 2),
    ("schema as a text", REFUSED, ("schema",), "1"),
    ("schema 1.0, which is no integer to src/content", UNSAYABLE, ("schema",), 1.0),
    ("a list missing", REFUSED, ("alerts",), GONE),
    ("a list that is an object", REFUSED, ("alerts",), {}),
    ("an empty list", FINE, ("alerts",), []),
    ("an item that is a text", REFUSED, ("alerts", 0), "a1"),
    ("site null", REFUSED, ("site",), None),
    ("33 alerts", REFUSED, ("alerts",), [{**BASE["alerts"][0], "id": f"a{i}"} for i in range(33)]),
    ("32 alerts", FINE, ("alerts",), [{**BASE["alerts"][0], "id": f"a{i}"} for i in range(32)]),
    ("2 phases in a template", REFUSED, ("phases", 0, "phases"), BASE["phases"][0]["phases"][:2]),
    ("10 phases in a template", REFUSED, ("phases", 0, "phases"),
     BASE["phases"][0]["phases"] + [{"id": f"z{i}", "name": "某"} for i in range(7)]),
    # ids and references
    ("an id in capitals", REFUSED, ("sources", 0, "id"), "Paper"),
    ("an id that begins with a hyphen", REFUSED, (*B, "id"), "-b1"),
    ("an id of 64 characters", FINE, (*B, "id"), "b" * 64),
    ("an id of 65 characters", REFUSED, (*B, "id"), "b" * 65),
    ("an empty id", REFUSED, (*B, "id"), ""),
    ("an id with a newline behind", REFUSED, (*B, "id"), "b1\n"),
    ("an id that is a number", REFUSED, (*B, "id"), 1),
    ("an id that stands twice", UNSAYABLE, ("boards", 1, "id"), "b1"),
    ("a milestone's id that stands twice", UNSAYABLE, (*M2, "id"), "m1"),
    ("a source that there is not", UNSAYABLE, (*P, "source"), "other"),
    ("a source in capitals", REFUSED, (*P, "source"), "Paper"),
    ("a rule that there is not", UNSAYABLE, (*M2, "rule"), "r9"),
    ("a phase that there is not", UNSAYABLE, (*P, "phase"), "dream"),
    ("a board of what there is not", UNSAYABLE, (*B, "of"), ["nothing"]),
    ("a board of another kind of thing", UNSAYABLE, (*B, "of"), ["p1"]),
    # texts
    ("a name missing", REFUSED, (*P, "name"), GONE),
    ("a name null", REFUSED, (*P, "name"), None),
    ("an empty text", REFUSED, TITLE, ""),
    ("a text of blanks alone", REFUSED, TITLE, " \u3000 "),
    ("a title of 40 characters", FINE, TITLE, "字" * 40),
    ("a title of 41 characters", REFUSED, TITLE, "字" * 41),
    ("a title of three lines, 40 characters", FINE, TITLE, "字" * 20 + "\n" + "字" * 19 + "\n字"),
    ("a title of four lines", REFUSED, TITLE, "一\n二\n三\n四"),
    ("a title of two lines, 41 characters", REFUSED, TITLE, "字" * 20 + "\n" + "字" * 21),
    ("a title of newlines alone", REFUSED, TITLE, "\n\n"),
    ("a newline in a text of one line", REFUSED, (*P, "name"), "某\n项目"),
    ("a newline behind a text of one line", REFUSED, (*P, "name"), "某项目\n"),
    ("a tab", REFUSED, TITLE, "一\t二"),
    ("a carriage return", REFUSED, TITLE, "一\r\n二"),
    ("an escape character", REFUSED, TITLE, "\x1b[31m红"),
    ("a C1 control character", REFUSED, TITLE, "一\x85二"),
    ("a bidirectional override", REFUSED, TITLE, "一\u202e二"),
    ("a bidirectional isolate", REFUSED, TITLE, "一\u2067二"),
    ("a right-to-left mark", REFUSED, TITLE, "一\u200f二"),
    ("a zero-width space", REFUSED, TITLE, "一\u200b二"),
    ("a byte order mark", REFUSED, TITLE, "\ufeff一"),
    ("a word joiner", REFUSED, TITLE, "一\u2060二"),
    ("a soft hyphen", REFUSED, TITLE, "一\u00ad二"),
    ("a variation selector", REFUSED, TITLE, "一\ufe0f"),
    ("a tag character", REFUSED, TITLE, "一\U000e0041"),
    ("a combining grapheme joiner", REFUSED, TITLE, "一\u034f二"),
    ("a Hangul filler", REFUSED, TITLE, "一\u115f二"),
    ("a private-use character", REFUSED, TITLE, "一\ue000"),
    ("a private-use character of plane 16", REFUSED, TITLE, "一\U00100000"),
    ("a noncharacter", REFUSED, TITLE, "一\ufdd0"),
    ("a noncharacter of plane 1", REFUSED, TITLE, "一\U0001ffff"),
    ("the replacement character", REFUSED, TITLE, "一\ufffd"),
    ("a character that no text in NFC has", REFUSED, TITLE, "100\u212b"),
    ("a rare character of the standard table", FINE, TITLE, "䶮㛃龘茨窦"),
    ("one of plane 2", FINE, TITLE, "\U0002070e"),
    ("a letter and a mark that NFC composes", UNSAYABLE, TITLE, "e\u0301"),
    ("three combining marks in a row", UNSAYABLE, TITLE, "x\u0331\u0332\u0333"),
    ("a character that no font here has", UNSAYABLE, TITLE, "\U00010330"),
    # personal numbers
    ("an identity number", REFUSED, TITLE, "证370704199001011234"),
    ("one with an X", REFUSED, TITLE, "证37070419900101123X"),
    ("one of 15 digits", REFUSED, TITLE, "证370704900101123"),
    ("a mobile number", REFUSED, TITLE, "电话13800138000"),
    ("one in full-width digits", REFUSED, TITLE, "电话１３８００１３８０００"),
    ("one in groups", UNSAYABLE, TITLE, "电话138-0013-8000"),
    ("one in groups behind a year", UNSAYABLE, TITLE, "2023-138-0013-8000"),
    ("two in groups", UNSAYABLE, TITLE, "138 0013 8000 139 0013 9000"),
    ("one with an ideographic space", UNSAYABLE, TITLE, "138\u30000013\u30008000"),
    ("a year and a town's telephone number", FINE, TITLE, "2023-0536-7661234"),
    ("a bank card", REFUSED, TITLE, "卡6222021234567890"),
    ("one in groups of four", UNSAYABLE, TITLE, "卡6222 0212 3456 7890"),
    ("a town's telephone number", FINE, TITLE, "电话0536-7661234"),
    ("11 digits that are no mobile number", FINE, TITLE, "编号23800138000"),
    ("12 digits", FINE, TITLE, "编号123800138000"),
    # dates
    ("a day", FINE, (*M2, "planned"), "2023-06-30"),
    ("a year", FINE, (*M2, "planned"), "2023"),
    ("a half-year, approximate", FINE, (*M2, "planned"), "2023-41~"),
    ("month 13", REFUSED, (*M2, "planned"), "2023-13"),
    ("part 37", REFUSED, (*M2, "planned"), "2023-37"),
    ("31 June", REFUSED, (*M2, "planned"), "2023-06-31"),
    ("29 February 2023", REFUSED, (*M2, "planned"), "2023-02-29"),
    ("29 February 2024", FINE, (*M2, "planned"), "2024-02-29"),
    ("29 February 1900", REFUSED, (*M2, "planned"), "1900-02-29"),
    ("29 February 2000", FINE, (*M2, "planned"), "2000-02-29"),
    ("year 0", REFUSED, (*M2, "planned"), "0000-01-01"),
    ("a date with a newline behind", REFUSED, (*M2, "planned"), "2023-06-30\n"),
    ("a date in words", REFUSED, (*M2, "planned"), "明年"),
    ("a date that is a number", REFUSED, (*M2, "planned"), 2023),
    ("a month for a holiday", REFUSED, ("calendar", "holidays", 0), "2023-06"),
    ("an approximate holiday", REFUSED, ("calendar", "holidays", 0), "2023-06-22~"),
    ("a holiday that is worked too", UNSAYABLE, ("calendar", "workdays", 0), "2023-06-22"),
    ("a period of one month", FINE, (*I, "period"), "2023-05"),
    ("a period that ends before it begins", UNSAYABLE, (*I, "period"), "2023-05/2023-01"),
    ("a period of three parts", REFUSED, (*I, "period"), "2023-01/2023-02/2023-03"),
    ("as of a text", FINE, (*P, "as_of"), "报道刊发时"),
    ("as of a text of 25 characters", REFUSED, (*P, "as_of"), "时" * 25),
    ("as of a long period", FINE, (*P, "as_of"), "2023-01-01~/2023-12-31~"),
    ("as of nothing", REFUSED, (*P, "as_of"), GONE),
    ("as of a date that does not exist", REFUSED, (*P, "as_of"), "2023-02-30"),
    ("as of a period that ends before it begins", UNSAYABLE, (*P, "as_of"), "2023-05/2023-01"),
    # times
    ("a time in UTC", FINE, (*N, "until"), "2023-07-01T00:00:00Z"),
    ("a time with fractions", FINE, (*N, "until"), "2023-07-01T00:00:00.125+08:00"),
    ("a time without its offset", REFUSED, (*N, "until"), "2023-07-01T00:00:00"),
    ("hour 24 of a time", REFUSED, (*N, "until"), "2023-07-01T24:00:00Z"),
    ("an offset of 24 hours", REFUSED, (*N, "until"), "2023-07-01T00:00:00+24:00"),
    ("a time on 31 June", REFUSED, (*N, "until"), "2023-06-31T00:00:00Z"),
    ("an end before its beginning", UNSAYABLE, (*N, "until"), "2023-05-01T00:00:00Z"),
    ("24:00", FINE, (*B, "when", "hours", 0, 1), "24:00"),
    ("24:01", REFUSED, (*B, "when", "hours", 0, 1), "24:01"),
    ("8:30 without its zero", REFUSED, (*B, "when", "hours", 0, 0), "8:30"),
    ("an interval of three", REFUSED, (*B, "when", "hours", 0), ["08:00", "09:00", "10:00"]),
    ("an interval of one", REFUSED, (*B, "when", "hours", 0), ["08:00"]),
    ("no interval at all", REFUSED, (*B, "when", "hours"), []),
    ("nine intervals", REFUSED, (*B, "when", "hours"), [["08:00", "09:00"]] * 9),
    ("no weekday at all", REFUSED, (*B, "when", "days"), []),
    ("a weekday in Chinese", REFUSED, (*B, "when", "days", 0), "周一"),
    ("lit hours of a tag in capitals", REFUSED, ("screens", "hours"), {"Hall": []}),
    ("no lit hours of a tag", FINE, ("screens", "hours"), {"hall": []}),
    ("a zone in its own words", REFUSED, ("site", "timezone"), "北京时间"),
    ("a zone that there is not", UNSAYABLE, ("site", "timezone"), "Asia/Fangzi"),
    # numbers
    ("an investment with a fraction", REFUSED, (*P, "investment_cny"), 1.5),
    ("an investment below nothing", REFUSED, (*P, "investment_cny"), -1),
    ("an investment beyond the ceiling", REFUSED, (*P, "investment_cny"), 10**15 + 1),
    ("an investment in a text", REFUSED, (*P, "investment_cny"), "9.5亿"),
    ("a value with a fraction", FINE, (*F, "value"), 71.5),
    ("a value that is true", REFUSED, (*F, "value"), True),
    ("a value beyond the ceiling", REFUSED, (*F, "value"), 1e13),
    ("four decimals", REFUSED, (*F, "decimals"), 4),
    ("a dwell of 4 s", REFUSED, (*B, "dwell_s"), 4),
    ("a dwell of 121 s", REFUSED, (*B, "dwell_s"), 121),
    ("weight 11", REFUSED, (*B, "weight"), 11),
    ("rank 0", REFUSED, (*I, "rank"), 0),
    ("a rank without among how many", REFUSED, (*I, "of"), GONE),
    ("a rank and a bound", REFUSED, (*I, "rank_at_least"), 3),
    ("fewer than there are standings", UNSAYABLE, (*I, "of"), 1),
    ("a rank beyond of: drawn as data under review", FINE, (*I, "rank"), 15),
    # words and switches
    ("an unknown state", REFUSED, (*M2, "state"), "finished"),
    ("an unknown kind of board", REFUSED, (*B, "kind"), "poster"),
    ("an unknown theme", REFUSED, (*B, "theme"), "dark"),
    ("an unknown qualifier", REFUSED, (*F, "qualifier"), "approx"),
    ("an unknown badge", REFUSED, (*P, "badges"), ["best"]),
    ("three badges", REFUSED, (*P, "badges"), ["four_permits", "land_to_start", "four_permits"]),
    ("ticker 1", REFUSED, (*N, "ticker"), 1),
    ("sample as a text", REFUSED, (*P, "sample"), "true"),
    ("sample", FINE, (*P, "sample"), True),
    ("derived, and how", FINE, (*P, "derived"), "由两期数据推算"),
    ("an alert that is a sample", FINE, ("alerts", 0, "sample"), True),
    ("an arrow up and to the left", FINE, ("alerts", 0, "arrow"), "up-left"),
    ("a pause for an arrow", FINE, ("alerts", 0, "arrow"), "pause"),
    ("an arrow to the north", REFUSED, ("alerts", 0, "arrow"), "north"),
    ("a picture's credit", FINE, ("places", 0, "credit"), "示意图"),
    ("a credit of 25 characters", REFUSED, ("places", 0, "credit"), "字" * 25),
    ("a board that is a picture", FINE, B, {"id": "b1", "kind": "picture", "theme": "hall",
                                            "picture": "a.png", "caption": "某海报", "sample": True}),
    ("a picture board without its picture", REFUSED, B, {"id": "b1", "kind": "picture", "theme": "hall"}),
    ("a picture board of something else too", REFUSED, B, {"id": "b1", "kind": "picture", "theme": "hall",
                                                           "picture": "a.png", "of": ["f1"]}),
    ("a board that is a film", FINE, B, {"id": "b1", "kind": "video", "theme": "hall", "picture": "a.png",
                                         "video": "a.mp4", "caption": "某片", "sample": True, "dwell_s": 60}),
    ("a film without its picture", REFUSED, B, {"id": "b1", "kind": "video", "theme": "hall", "video": "a.mp4"}),
    ("a film board without its film", REFUSED, B, {"id": "b1", "kind": "video", "theme": "hall",
                                                   "picture": "a.png"}),
    ("a film board of something else too", REFUSED, B, {"id": "b1", "kind": "video", "theme": "hall",
                                                        "picture": "a.png", "video": "a.mp4", "of": ["f1"]}),
    ("a film on a picture board", REFUSED, B, {"id": "b1", "kind": "picture", "theme": "hall",
                                               "picture": "a.png", "video": "a.mp4"}),
    ("a film that is called a picture", REFUSED, (*O, "poster"), "a.mp4"),
    ("a picture that is called a film", REFUSED, B, {"id": "b1", "kind": "video", "theme": "hall",
                                                     "picture": "a.png", "video": "a.png"}),
    ("a film that is nothing but its ending", REFUSED, B, {"id": "b1", "kind": "video", "theme": "hall",
                                                           "picture": "a.png", "video": ".mp4"}),
    ("a picture of another kind of board", REFUSED, (*B, "picture"), "a.png"),
    ("a caption of another kind of board", REFUSED, (*B, "caption"), "某"),
    ("a board that says it is a sample", REFUSED, (*B, "sample"), True),
    # addresses and media
    ("an address of another scheme", REFUSED, (*O, "url"), "ftp://example.org/"),
    ("a script for an address", REFUSED, (*O, "url"), "javascript:alert(1)"),
    ("an address with a space", REFUSED, (*O, "url"), "https://example.org/a b"),
    ("an address in Chinese", REFUSED, (*O, "url"), "https://坊子.org/"),
    ("an address without a host", REFUSED, (*O, "url"), "https:///a"),
    ("an address of 200 characters", FINE, (*O, "url"), "https://e.org/" + "a" * 186),
    ("an address of 201 characters", REFUSED, (*O, "url"), "https://e.org/" + "a" * 187),
    ("a picture in another folder", REFUSED, (*O, "poster"), "../a.png"),
    ("a picture named ..", REFUSED, (*O, "poster"), ".."),
    ("a picture's name of 128 characters", FINE, (*O, "poster"), "a" * 124 + ".png"),
    ("a picture's name of 129 characters", REFUSED, (*O, "poster"), "a" * 125 + ".png"),
    # what spans fields
    ("an actual date of what is not done", REFUSED, (*M2, "actual"), "2023-06"),
    ("cancelled without a reason", REFUSED, (*O, "status"), "cancelled"),
    ("cancelled with a reason", FINE, O, {**BASE["occasions"][0], "status": "cancelled", "reason": "大风"}),
    ("an occasion that ends before it begins", UNSAYABLE, (*O, "to"), "2023-06"),
    ("one that opens outside of itself", UNSAYABLE, (*O, "opens"), "2023-06-30"),
    ("programme items out of order", UNSAYABLE, (*O, "programme", 1, "from"), "2023-07-10T17:00:00+08:00"),
    ("an item that ends before it begins", UNSAYABLE, (*O, "programme", 1, "to"), "2023-07-10T18:00:00+08:00"),
    ("two arms to the east", REFUSED, ("patterns", 0, "arms", 1, "direction"), "east"),
    ("an overview of nothing", REFUSED, (*B, "of"), GONE),
    ("an overview by a filter", REFUSED, (*B, "of"), {"kind": "industry"}),
    ("an empty list of what a board shows", REFUSED, (*B, "of"), []),
    ("a filter that is empty", FINE, ("boards", 1, "of"), {}),
    ("a filter by what cannot be filtered", REFUSED, ("boards", 1, "of"), {"owner": "某"}),
    ("a filter of occasions", REFUSED, ("boards", 2, "of"), {"park": "某园"}),
]


def changed(path, value):
    document = copy.deepcopy(BASE)
    if not path:
        return document
    at = document
    for step in path[:-1]:
        at = at[step]
    if value is GONE:
        del at[path[-1]]
    else:
        at[path[-1]] = value
    return document


def main():
    schema_path, folder = sys.argv[1:]
    with open(schema_path, encoding="utf-8") as f:
        schema = json.load(f)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    for n, (says, verdict, path, value) in enumerate(CASES, 1):
        document = changed(path, value)
        with open(f"{folder}/{n}.json", "w", encoding="utf-8") as f:
            json.dump(document, f, ensure_ascii=False)
        said = "fine" if validator.is_valid(document) else "refused"
        print(n, verdict, said, says, sep="\t")


if __name__ == "__main__":
    main()

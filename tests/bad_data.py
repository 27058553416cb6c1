"""bad_data.py - the catalogue of bad data: what a document and its picture can do wrong.

ITEMS is a table: name, verdict, what the programs must say, and the bytes. Names are
sentences' short forms. The document is sound but for the one thing. Where the verdict is
TAKEN, docs/content.md allows it, and it must be painted. For tests/flow/bad_data_test.py."""
import json
import sqlite3

import bad_pictures as pictures

TAKEN, REFUSED = "taken", "refused"
MARK = "此处"  # replaced by bytes that json would not write
ORIGIN = {"as_of": "2023-06", "source": "s"}
AT = "2023-06-28T10:24:00+08:00"


def project(number):
    return {"id": f"p{number}", "name": f"某项目{number}", "kind": "industry", "phase": "a", "milestones": [], **ORIGIN}


def sound():
    """One of each that an item changes, and a board for it."""
    lists = ("rules", "indicators", "places", "journeys", "records", "patterns", "targets", "alerts")
    phases = [{"id": i, "name": "某"} for i in "abc"]
    return {
        "schema": 1, "site": {"name": "坊子区", "timezone": "Asia/Shanghai"}, "screens": {},
        "sources": [{"id": "s", "name": "某报"}], "calendar": {"holidays": [], "workdays": []},
        "phases": [{"id": "t", "name": "某", "phases": phases}], **{name: [] for name in lists},
        "projects": [project(0)], "figures": [{"id": "f", "label": "某数", "value": 7, "unit": "个", **ORIGIN}],
        "occasions": [{"id": "o", "name": "某节", "from": "2023-07-15", "to": "2023-10-31", "status": "confirmed",
                       "venue": "某处", "highlights": [], "programme": []}],
        "notices": [{"id": "n", "title": "通知", "text": "某事如下", "ticker": True, "level": "info"}],
        "boards": [{"id": "b-overview", "kind": "overview", "theme": "hall", "of": ["f", "n"]},
                   {"id": "b-list", "kind": "list", "theme": "hall"},
                   {"id": "b-occasion", "kind": "occasion", "theme": "hall"},
                   {"id": "b-notices", "kind": "notices", "theme": "festival"}]}


def written(document):
    return json.dumps(document, ensure_ascii=False, separators=(",", ":")).encode()


# ---- one thing changed ------------------------------------------------------------------

def put(place, value):
    """The sound document with another value there; None: without that field."""
    document = sound()
    *way, last = [int(w) if w.isdigit() else w for w in place.split("/")[1:]]
    inner = document
    for step in way:
        inner = inner[step]
    if value is None:
        del inner[last]
    else:
        inner[last] = value
    return document


def with_value(place, value):
    return lambda: (written(put(place, value)), None)


def with_bytes(place, raw):
    """Bytes within the quotes of a text."""
    return lambda: (written(put(place, MARK)).replace(MARK.encode(), raw), None)


def with_number(place, raw):
    """Bytes in a number's place."""
    return lambda: (written(put(place, MARK)).replace(f'"{MARK}"'.encode(), raw), None)


def with_picture(make, name="a.png"):
    return lambda: (written(put("/occasions/0/poster", name)), make())


def of_bytes(make):
    return lambda: (make(), None)


# ---- documents ---------------------------------------------------------------------------

def database():
    """What SQLite writes, in the place of a document."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIEW v AS SELECT 1")
    return db.serialize()


def nested(depth, opening, closing):
    return b'{"schema": ' + opening * depth + b"1" + closing * depth + b"}"


def with_projects(count):
    return with_value("/projects", [project(i) for i in range(count)])


def empty():
    document = sound()
    for name, value in document.items():
        if isinstance(value, list):
            document[name] = []
    return written(document)


def full_of_errors():
    return written({**sound(), **{f"field{i}": 1 for i in range(10000)}})


def cut_picture(whole, share):
    return lambda: whole()[:int(len(whole()) * share)]


def item_of_programme(begin, end):
    return with_value("/occasions/0/programme", [{"id": "i", "title": "某", "from": begin, "to": end}])


TITLE, TEXT, VALUE = "/notices/0/title", "/notices/0/text", "/figures/0/value"
NO_UTF8 = r"line 1 column \d+: unable to decode byte 0x"
MANY = r"has 1000000 characters, at most"
WITHIN = VALUE + ": .*: must be within -1000000000000 and 1000000000000"
NO_DATE = "/occasions/0/from: .*: must be an EDTF date"
NO_TIME = "/notices/0/until: .*: must be an RFC 3339 time"
BEFORE = ": lies before its beginning"
POSTER = '/occasions/0/poster: "a.png": no sound picture'

TEXTS = [
    ("utf8-overlong-of-2", REFUSED, NO_UTF8 + "c0", with_bytes(TITLE, b"\xc0\x80")),
    ("utf8-overlong-of-3", REFUSED, NO_UTF8 + "e0", with_bytes(TITLE, b"\xe0\x80\xaf")),
    ("utf8-overlong-of-4", REFUSED, NO_UTF8 + "f0", with_bytes(TITLE, b"\xf0\x80\x80\xaf")),
    ("utf8-surrogate", REFUSED, NO_UTF8 + "ed", with_bytes(TITLE, b"\xed\xa0\x80")),
    ("utf8-surrogate-pair", REFUSED, NO_UTF8 + "ed", with_bytes(TITLE, b"\xed\xa0\xbd\xed\xb8\x80")),
    ("utf8-beyond-10ffff", REFUSED, NO_UTF8 + "f4", with_bytes(TITLE, b"\xf4\x90\x80\x80")),
    ("utf8-of-5-bytes", REFUSED, NO_UTF8 + "f8", with_bytes(TITLE, b"\xf8\x88\x80\x80\x80")),
    ("utf8-continuation-alone", REFUSED, NO_UTF8 + "80", with_bytes(TITLE, b"\x80")),
    ("utf8-cut-in-a-text", REFUSED, NO_UTF8 + "e5", with_bytes(TITLE, b"\xe5\x9d")),
    ("utf8-cut-at-the-end", REFUSED, NO_UTF8 + "e6", of_bytes(lambda: written(sound()).split(MARK.encode())[0]
                                                             .split("某".encode())[0] + b"\xe6\x9f")),
    ("bidi-override", REFUSED, TITLE + ": .*U[+]202E", with_bytes(TITLE, "a\u202eb".encode())),
    ("bidi-override-escaped", REFUSED, TITLE + ": .*U[+]202E", with_bytes(TITLE, b"a\\u202eb")),
    ("bidi-isolate", REFUSED, TITLE + ": .*U[+]2066", with_bytes(TITLE, "\u2066a\u2069".encode())),
    ("bidi-mark", REFUSED, TITLE + ": .*U[+]200F", with_bytes(TITLE, "a\u200f".encode())),
    ("bidi-arabic-mark", REFUSED, TITLE + ": .*U[+]061C", with_bytes(TITLE, "\u061ca".encode())),
    ("zero-width-space", REFUSED, TITLE + ": .*U[+]200B", with_bytes(TITLE, "通\u200b知".encode())),
    ("zero-width-joiner", REFUSED, TITLE + ": .*U[+]200D", with_bytes(TITLE, "通\u200d知".encode())),
    ("zero-width-no-break", REFUSED, TITLE + ": .*U[+]FEFF", with_bytes(TITLE, "通\ufeff知".encode())),
    ("zero-width-alone", REFUSED, TITLE + ": .*U[+]2060", with_bytes(TITLE, "\u2060".encode())),
    ("line-of-1-mb", REFUSED, TEXT + ": .*" + MANY, with_bytes(TEXT, b"a" * 1000000)),
    ("line-of-1-mb-of-han", REFUSED, TEXT + ": .*" + MANY, with_bytes(TEXT, "某".encode() * 1000000)),
    ("line-without-a-break", TAKEN, "", with_bytes(TEXT, b"a" * 200)),
    ("million-lines", REFUSED, TEXT + ": .*has 1000001 lines, at most 8", with_bytes(TEXT, b"a" + b"\\n" * 1000000)),
    ("10000-combining-marks", REFUSED, TITLE + ": .*more than 2 combining marks", with_bytes(TITLE, b"a" + b"\xcc\x81" * 10000)),
    ("nul", REFUSED, r"line 1 column \d+: control character 0x0", with_bytes(TITLE, b"a\0b")),
    ("nul-escaped", REFUSED, r"line 1 column \d+: \\u0000 is not allowed", with_bytes(TITLE, b"a\\u0000b")),
    ("nul-in-a-name", REFUSED, r"line 1 column \d+: ", lambda: (written(sound()).replace(b'"site"', b'"si\\u0000te"'), None)),
    ("nul-behind", REFUSED, r"line 1 column \d+: end of file expected", of_bytes(lambda: written(sound()) + b"\0")),
    ("no-font-has-it", REFUSED, TITLE + r": .*no font here can draw U[+]1F600", with_bytes(TITLE, "\U0001f600".encode())),
    ("no-font-has-it-escaped", REFUSED, TITLE + r": .*no font here can draw U[+]1F600", with_bytes(TITLE, b"\\ud83d\\ude00")),
    ("noncharacter", REFUSED, TITLE + r": .*noncharacter U[+]FFFE", with_bytes(TITLE, "\ufffe".encode())),
]

NUMBERS = [
    ("number-nan", REFUSED, r"line 1 column \d+: invalid token near 'NaN'", with_number(VALUE, b"NaN")),
    ("number-infinity", REFUSED, r"line 1 column \d+: invalid token near 'Infinity'", with_number(VALUE, b"Infinity")),
    ("number-minus-infinity", REFUSED, r"line 1 column \d+: invalid token", with_number(VALUE, b"-Infinity")),
    ("number-1e400", REFUSED, r"line 1 column \d+: real number overflow", with_number(VALUE, b"1e400")),
    ("number-minus-1e400", REFUSED, r"line 1 column \d+: real number overflow", with_number(VALUE, b"-1e400")),
    ("number-1e-400", TAKEN, "", with_number(VALUE, b"1e-400")),
    ("number-minus-0", TAKEN, "", with_number(VALUE, b"-0")),
    ("number-minus-0.0", TAKEN, "", with_number(VALUE, b"-0.0")),
    ("number-2-to-63", REFUSED, r"line 1 column \d+: too big integer", with_number(VALUE, b"9223372036854775808")),
    ("number-2-to-53-and-1", REFUSED, WITHIN, with_number(VALUE, b"9007199254740993")),
    ("number-1e308", REFUSED, WITHIN, with_number(VALUE, b"1e308")),
    ("number-of-100000-digits", REFUSED, r"line 1 column \d+: too big integer", with_number(VALUE, b"9" * 100000)),
    ("number-of-100000-places", TAKEN, "", with_number(VALUE, b"0." + b"3" * 100000)),
    ("number-in-hex", REFUSED, r"line 1 column \d+: ", with_number(VALUE, b"0x10")),
    ("number-1e12", TAKEN, "", with_number(VALUE, b"1000000000000")),
    ("number-for-a-whole-one", REFUSED, "/projects/0/investment_cny: .*must be a whole number",
     with_number("/projects/0/investment_cny", b"2.0")),
    ("number-in-quotes", REFUSED, VALUE + ": .*must be a number", with_value(VALUE, "7")),
]

STRUCTURE = [
    ("id-twice", REFUSED, "/projects/1/id: .*id stands twice in projects", with_value("/projects", [project(1), project(1)])),
    ("key-twice", REFUSED, r"line 1 column \d+: duplicate object key near '\"site\"'",
     lambda: (written(sound()).replace(b'{"schema"', b'{"site":{},"schema"'), None)),
    ("key-twice-escaped", REFUSED, r"line 1 column \d+: duplicate object key",
     lambda: (written(sound()).replace(b'{"schema"', b'{"\\u0073ite":{},"schema"'), None)),
    ("nested-100000-lists", REFUSED, r"line 1 column \d+: nested deeper than 32", of_bytes(lambda: nested(100000, b"[", b"]"))),
    ("nested-100000-objects", REFUSED, r"line 1 column \d+: nested deeper than 32",
     of_bytes(lambda: nested(100000, b'{"a":', b"}"))),
    ("nested-and-never-closed", REFUSED, r"line 1 column \d+: nested deeper than 32",
     of_bytes(lambda: nested(5000000, b"[", b""))),
    ("field-missing", REFUSED, "/notices/0/level: missing", with_value("/notices/0/level", None)),
    ("field-too-many", REFUSED, "/notices/0/colour: .*no such field here", with_value("/notices/0/colour", "red")),
    ("field-of-another-type", REFUSED, "/notices/0/ticker: .*must be true or false", with_value("/notices/0/ticker", [1])),
    ("list-for-an-object", REFUSED, "/site: .*must be an object", with_value("/site", [])),
    ("object-for-a-list", REFUSED, "/boards: .*must be a list", with_value("/boards", {})),
    ("10000-errors", REFUSED, "/field0: 1: no such field here", of_bytes(full_of_errors)),
    ("database-for-a-document", REFUSED, r"line 1 column \d+: ", of_bytes(database)),
    ("picture-for-a-document", REFUSED, "line 1 column 0: unable to decode byte 0x89", of_bytes(pictures.png)),
    ("blanks-for-a-document", REFUSED, r"line \d+ column \d+: ", of_bytes(lambda: b" \n" * 1000000)),
    ("number-for-a-document", REFUSED, r"line 1 column \d+: ", of_bytes(lambda: b"1" * 1000000)),
    ("document-cut", REFUSED, r"line 1 column \d+: ", of_bytes(lambda: written(sound())[:-20])),
    ("0-items", TAKEN, "", of_bytes(empty)),
    ("10000-items", TAKEN, "", with_projects(10000)),
    ("10001-items", REFUSED, "/projects: has 10001 items, allowed are 0 to 10000", with_projects(10001)),
    ("0-items-of-a-board", REFUSED, "/boards/0/of: has 0 items", with_value("/boards/0/of", [])),
]

DATES = [
    ("date-0000", REFUSED, NO_DATE, with_value("/occasions/0/from", "0000")),
    ("date-0000-01-01", REFUSED, NO_DATE, with_value("/occasions/0/from", "0000-01-01")),
    ("date-30-february", REFUSED, NO_DATE, with_value("/occasions/0/from", "2023-02-30")),
    ("date-29-february-of-2023", REFUSED, NO_DATE, with_value("/occasions/0/from", "2023-02-29")),
    ("date-29-february-of-2024", TAKEN, "", with_value("/occasions/0/to", "2024-02-29")),
    ("date-2038", TAKEN, "", with_value("/occasions/0/to", "2038-01-20")),
    ("date-9999", TAKEN, "", with_value("/occasions/0/to", "9999-12-31")),
    ("date-10000", REFUSED, "/occasions/0/to: .*must be an EDTF date", with_value("/occasions/0/to", "10000-01-01")),
    ("time-0000", REFUSED, NO_TIME, with_value("/notices/0/until", "0000-01-01T00:00:00Z")),
    ("time-30-february", REFUSED, NO_TIME, with_value("/notices/0/until", "2023-02-30T00:00:00Z")),
    ("time-2038", TAKEN, "", with_value("/notices/0/until", "2038-01-19T03:14:08Z")),
    ("time-9999", TAKEN, "", with_value("/notices/0/until", "9999-12-31T23:59:59Z")),
    ("time-25-hours-off", REFUSED, NO_TIME, with_value("/notices/0/until", "2023-07-01T00:00:00+25:00")),
    ("notice-ends-before-it-begins", REFUSED, "/notices/0/until: .*" + BEFORE, lambda: (written(put("/notices/0", {
        **sound()["notices"][0], "from": "2023-07-02T00:00:00Z", "until": "2023-07-01T00:00:00Z"})), None)),
    ("occasion-ends-before-it-begins", REFUSED, "/occasions/0/to: .*" + BEFORE, with_value("/occasions/0/to", "2023-07-14")),
    ("item-ends-before-it-begins", REFUSED, "/occasions/0/programme/0/to: .*" + BEFORE,
     item_of_programme("2023-07-15T10:00:00+08:00", "2023-07-15T09:59:59+08:00")),
    ("board-ends-before-it-begins", REFUSED, "/boards/0/when/until: .*" + BEFORE, with_value(
        "/boards/0/when", {"from": "2023-07-02T00:00:00Z", "until": "2023-07-01T00:00:00Z"})),
]

PICTURES = [
    ("png-of-65535", REFUSED, POSTER, with_picture(
        lambda: pictures.PNG_START + pictures.png_header(65535, 65535) + pictures.chunk(b"IDAT") + pictures.chunk(b"IEND"))),
    ("png-bomb-of-pixels", TAKEN, "", with_picture(lambda: pictures.png(pixels=bytes(100 << 20)))),
    ("png-bomb-of-words", TAKEN, "", with_picture(lambda: pictures.png_of_text(100 << 20))),
    ("png-bomb-of-a-profile", TAKEN, "", with_picture(lambda: pictures.png_of_profile(100 << 20))),
    ("png-of-16-million-pixels", TAKEN, "", with_picture(
        lambda: pictures.png(4096, 4096, pixels=bytes(513 * 4096), depth=1))),
    ("png-cut", REFUSED, POSTER, with_picture(cut_picture(pictures.png, 0.8))),
    ("png-without-its-pixels", REFUSED, POSTER, with_picture(
        lambda: pictures.PNG_START + pictures.png_header(64, 32) + pictures.chunk(b"IEND"))),
    ("png-with-too-few-pixels", REFUSED, POSTER, with_picture(lambda: pictures.png(pixels=bytes(65)))),
    ("png-without-its-palette", REFUSED, POSTER, with_picture(lambda: pictures.png(colour=pictures.PALETTE))),
    ("png-of-0-pixels", REFUSED, POSTER, with_picture(lambda: pictures.png(0, 0))),
    ("png-of-1-pixel", TAKEN, "", with_picture(lambda: pictures.png(1, 1))),
    ("png-that-moves", TAKEN, "", with_picture(pictures.png_animated)),
    ("jpeg-cut", REFUSED, POSTER, with_picture(cut_picture(pictures.jpeg, 0.9))),
    ("jpeg-of-10000-scans", REFUSED, POSTER, with_picture(lambda: pictures.jpeg_progressive(4096, 4096, 10000))),
    ("jpeg-of-20-scans", TAKEN, "", with_picture(lambda: pictures.jpeg_progressive(640, 360, 20))),
    ("jpeg-of-65535", REFUSED, POSTER, with_picture(lambda: pictures.jpeg(65535, 65535)[:300] + b"\xff\xd9")),
    ("jpeg-in-cmyk", TAKEN, "", with_picture(lambda: pictures.jpeg(components=4))),
    ("jpeg-with-a-profile", TAKEN, "", with_picture(
        lambda: pictures.jpeg(more=pictures.segment(0xE2, b"ICC_PROFILE\0\1\1" + bytes(200))))),
    ("jpeg-turned-by-exif", TAKEN, "", with_picture(lambda: pictures.jpeg(more=pictures.exif(6)))),
    ("jpeg-of-1-pixel", TAKEN, "", with_picture(lambda: pictures.jpeg(1, 1))),
    ("webp-that-moves", REFUSED, POSTER, with_picture(pictures.webp_animated)),
    ("webp-cut", REFUSED, POSTER, with_picture(lambda: pictures.riff(pictures.VP8L)[:-8])),
    ("polyglot-of-a-page", TAKEN, "", with_picture(lambda: pictures.png() + b"<html><script>alert(1)</script></html>")),
    ("polyglot-of-an-archive", TAKEN, "", with_picture(
        lambda: pictures.jpeg(more=pictures.segment(0xFE, b"PK\3\4" + bytes(26))) + b"PK\5\6" + bytes(18))),
    ("polyglot-that-begins-as-another", REFUSED, POSTER, with_picture(lambda: b"GIF89a" + pictures.png())),
    ("0-bytes-for-a-picture", REFUSED, POSTER, with_picture(lambda: b"")),
    ("drawing-for-a-picture", REFUSED, POSTER, with_picture(
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>')),
]

ITEMS = TEXTS + NUMBERS + STRUCTURE + DATES + PICTURES

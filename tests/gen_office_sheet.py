#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""gen_office_sheet.py OUT.xlsx [--rows 223] [--bad 5] [--seed 1]: a project list as an office
keeps it: merged title, a unit above the table, a header of two rows, parks merged downwards,
full-width digits, amounts and dates written in many ways, a column of remarks, a sum below.

All of it is made up. With --bad 5 exactly five rows cannot be understood, each for another
reason; their row numbers and columns are written to standard output as JSON. The same
arguments give the same bytes. Phases are those of the demo's content, 策划 to 投产."""
import argparse
import json
import random
import zipfile
from xml.sax.saxutils import escape

FIRST_ROW = 5  # below title, unit and the two rows of the header
HEADERS = [
    # upper, lower; merged downwards where lower is None, else over its group
    ("序号", None),
    ("所属园区", None),
    ("项目 名称", None),
    ("项目类型", None),
    ("建设单位", None),
    ("总投资\n（万元）", None),
    ("责任部门", None),
    ("当前阶段", None),
    ("开工", "计划"),
    ("开工", "实际"),
    ("竣工", "计划"),
    ("竣工", "状态"),
    ("备注", None),
]
PARKS = ["东部示例园区", "西部示例园区", "南部示例园区", "北部示例园区"]
TRADES = ["新材料", "智能装备", "生物医药", "动力装备", "电子信息", "食品加工", "现代物流", "磁悬浮"]
PLACES = ["示例一路", "示例二路", "示例三路", "示例街", "示例镇"]
KINDS = ["产业", "技改", "基础设施", "服务业"]
DEPARTMENTS = ["某工信局", "某发改局", "某住建局", "某投资促进局"]
PHASES = ["策划", "论证", "供地", "手续", "建设", "竣工", "投产"]
STATES = ["未开始", "进行中", "未录入"]
REMARKS = ["", "", "需协调用地", "资金到位七成"]

# Five ways that a cell cannot be understood: column (0 is 序号), text, what is wrong.
BAD = [
    (5, "约9.5亿元", "不是确数"),
    (8, "2023.13.1", "日期看不懂"),
    (7, "快开工了", "没有这个阶段"),
    (2, "", "没有项目名称"),
    (11, "大概完了", "状态看不懂"),
]

STYLES = (
    '<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    '<numFmts count="1"><numFmt numFmtId="176" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;;@"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="18"/><name val="黑体"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs>'
    '<cellXfs count="4"><xf numFmtId="0" fontId="0"/><xf numFmtId="0" fontId="1" applyAlignment="1">'
    '<alignment horizontal="center"/></xf><xf numFmtId="14" fontId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="176" fontId="0" applyNumberFormat="1"/></cellXfs></styleSheet>'
)
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml"


def column(index):
    return chr(ord("A") + index)


def wide(text):
    """Digits as an input method leaves them."""
    return "".join(chr(ord(c) + 0xFEE0) if c.isdigit() or c == "." else c for c in text)


class Sheet:
    def __init__(self):
        self.rows, self.merges, self.strings = {}, [], {}

    def text(self, row, index, text, style=0):
        if text:
            at = self.strings.setdefault(text, len(self.strings))
            self.put(row, index, f' t="s" s="{style}"', f"<v>{at}</v>")

    def number(self, row, index, value, style=0):
        self.put(row, index, f' s="{style}"', f"<v>{value!r}</v>")

    def formula(self, row, index, formula, value):
        self.put(row, index, "", f"<f>{formula}</f><v>{value!r}</v>")

    def put(self, row, index, attributes, inner):
        self.rows.setdefault(row, {})[index] = f'<c r="{column(index)}{row}"{attributes}>{inner}</c>'

    def xml(self):
        rows = "".join(
            f'<row r="{row}">' + "".join(cells[i] for i in sorted(cells)) + "</row>" for row, cells in sorted(self.rows.items())
        )
        merges = "".join(f'<mergeCell ref="{m}"/>' for m in self.merges)
        return f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><mergeCells count="{len(self.merges)}">{merges}</mergeCells></worksheet>'


def add_header(s, title):
    last = column(len(HEADERS) - 1)
    s.text(1, 0, title, 1)
    s.merges += [f"A1:{last}1", f"A2:{last}2"]
    s.text(2, 0, "填报单位：某区重点项目办公室　　　　　　单位：万元")
    for i, (upper, lower) in enumerate(HEADERS):
        if lower is None:
            s.text(3, i, upper)
            s.merges.append(f"{column(i)}3:{column(i)}4")
            continue
        s.text(4, i, lower)
        if HEADERS[i - 1][0] != upper:
            s.text(3, i, upper)
            s.merges.append(f"{column(i)}3:{column(i + 1)}3")


def add_amount(s, rng, row):
    """A sum, in one of the ways that offices write it; in ten thousands."""
    amount = rng.randrange(20, 4000) * 50
    way = rng.randrange(5)
    if way == 0:
        s.number(row, 5, amount)
    elif way == 1:
        s.text(row, 5, wide(str(amount)))
    elif way == 2:
        s.text(row, 5, f"{amount:,}")
    elif way == 3:
        s.text(row, 5, f"{amount / 10000:g}亿元")
    else:
        s.number(row, 5, amount + 0.1 + 0.2)  # 3000.3000000000002
    return amount


def add_date(s, rng, row, index, year):
    month, day = rng.randrange(2, 10), rng.randrange(1, 28)
    ways = [
        f"{year}.{month}.{day}",
        f"{year}年{month}月",
        wide(f"{year}") + "年" + wide(f"{month}") + "月" + wide(f"{day}") + "日",
        f"{year}/{month}/{day}",
        f"{year}年{month}月底",
        f"{year}年{'一二三四'[(month - 1) // 3]}季度",
        f"{year}年上半年",
    ]
    way = rng.randrange(len(ways) + 2)
    if way < len(ways):
        s.text(row, index, ways[way])
    else:
        s.number(row, index, 44562 + (year - 2022) * 365 + month * 30 + day, 2 + way - len(ways))


def add_row(s, rng, row, number):
    phase = rng.randrange(len(PHASES))
    s.number(row, 0, number)
    s.text(row, 2, f"示例{rng.choice(TRADES)}{rng.choice(['产业园', '生产线', '研发中心', '提升'])}项目（{number}号）")
    s.text(row, 3, rng.choice(KINDS))
    s.text(row, 4, f"示例{rng.choice(TRADES)}有限公司" if rng.random() < 0.9 else "／")
    amount = add_amount(s, rng, row)
    s.text(row, 6, rng.choice(DEPARTMENTS))
    s.text(row, 7, PHASES[phase])
    add_date(s, rng, row, 8, 2023)
    if phase >= 4:
        add_date(s, rng, row, 9, 2022)
    add_date(s, rng, row, 10, 2024)
    s.text(row, 11, rng.choice(STATES))
    s.text(row, 12, rng.choice(REMARKS))
    return amount


def add_parks(s, first, last):
    """Parks stand in runs, each merged into one cell, as offices do to see groups."""
    count = last - first + 1
    for i, park in enumerate(PARKS):
        begin, end = first + count * i // len(PARKS), first + count * (i + 1) // len(PARKS) - 1
        if begin <= end:
            s.text(begin, 1, park)
        if begin < end:
            s.merges.append(f"B{begin}:B{end}")


def spoil(s, rng, rows, count):
    found = []
    for row, (index, text, why) in zip(sorted(rng.sample(rows, count)), BAD):
        s.rows[row].pop(index, None)
        s.text(row, index, text)
        found.append({"row": row, "column": column(index), "value": text, "why": why})
    return found


def write(path, s):
    strings = "".join(f'<si><t xml:space="preserve">{escape(t)}</t></si>' for t in s.strings)
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{XLSX}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{XLSX}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{XLSX}.styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{XLSX}.sharedStrings+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{REL}"><sheets><sheet name="项目清单" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{REL}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{REL}/styles" Target="styles.xml"/><Relationship Id="rId3" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{strings}</sst>',
        "xl/worksheets/sheet1.xml": s.xml(),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as z:
        for name, text in parts.items():
            info = zipfile.ZipInfo(name, (2023, 6, 28, 0, 0, 0))
            info.compress_type = zipfile.ZIP_DEFLATED
            z.writestr(info, '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n' + text)


def main():
    p = argparse.ArgumentParser(description="a project list as an office keeps it, made up")
    p.add_argument("out")
    p.add_argument("--rows", type=int, default=223)
    p.add_argument("--bad", type=int, default=0, choices=range(len(BAD) + 1))
    p.add_argument("--seed", type=int, default=1)
    a = p.parse_args()
    rng, s = random.Random(a.seed), Sheet()
    add_header(s, "某区2023年重点项目建设情况一览表")
    rows = list(range(FIRST_ROW, FIRST_ROW + a.rows))
    total = sum(add_row(s, rng, row, i + 1) for i, row in enumerate(rows))
    add_parks(s, rows[0], rows[-1])
    found = spoil(s, rng, rows, a.bad)
    s.text(rows[-1] + 1, 0, "合计")
    s.formula(rows[-1] + 1, 5, f"SUM(F{rows[0]}:F{rows[-1]})", total)
    s.text(rows[-1] + 2, 0, "注：数据截至2023年6月底。")
    write(a.out, s)
    print(json.dumps(found, ensure_ascii=False))


if __name__ == "__main__":
    main()

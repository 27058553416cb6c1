#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""A project sheet as an office has it: title rows merged across, a unit line, full-width
digits, amounts and dates in every spelling, a sum at the end. 223 projects, of which BAD
cannot be taken.

Usage: office_sheet.py OUT.xlsx [BAD]"""

import sys
import zipfile
from xml.sax.saxutils import escape

PROJECTS = 223
HEADER = ["序号", "项目名称", "建设单位", "所属园区", "总投资\n（亿元）", "项目类型", "当前阶段", "牵头单位",
          "开工\n计划时间", "开工实际时间", "竣工计划时间", "数据截至"]
PARKS = ["示例园区一", "示例园区二", "示例园区三", "示例园区四"]
PHASES = ["策划", "论证", "供地", "手续", "建设", "竣工", "投产"]
WIDE = str.maketrans("0123456789.", "０１２３４５６７８９．")

# What cannot be taken: the column, and what stands there.
BAD = [(5, "面议"), (9, "2023.13.45"), (7, "第八阶段"), (3, "示例单位13800138000"), (10, "明年春天")]


def money(i):
    yi = 0.5 + (i * 7 % 95) / 10
    if i % 4 == 0:
        return f"{yi:.1f}亿元"
    if i % 4 == 1:
        return f"{yi:.1f}".translate(WIDE)
    if i % 4 == 2:
        return f"{int(yi * 10000)}万元"
    return f"{yi:.1f}"


def day(i, month):
    return [f"2023.{month}.{1 + i % 28}", f"2023年{month}月{1 + i % 28}日", f"{month}月底", f"2023-{month:02d}",
            f"2023/{month}/{1 + i % 28}"][i % 5]


def project(i):
    return [str(i), f"示例项目第{i:03d}号", f"示例建设单位{i % 37 + 1}", PARKS[i % len(PARKS)], money(i), "产业项目",
            PHASES[i % len(PHASES)], "示例部门", day(i, 3 + i % 4), day(i + 1, 4 + i % 4) if i % 3 == 0 else "",
            day(i + 2, 9 + i % 4), "2023.6.30"]


def rows(bad):
    yield ["坊子区重点项目进展情况统计表（示例）"]
    yield ["填报单位：示例部门", "", "", "", "", "", "", "", "", "", "单位：亿元"]
    yield HEADER
    for i in range(1, PROJECTS + 1):
        row = project(i)
        if i % 40 == 0 and i // 40 <= bad:
            column, text = BAD[i // 40 - 1]
            row[column - 1] = text
        yield row
    yield ["", "合计", "", "", "１１００．５"]


def letter(column):
    return chr(ord("A") + column)


def sheet(bad):
    out = ['<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
           '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>']
    for n, row in enumerate(rows(bad), 1):
        cells = "".join(
            f'<c r="{letter(c)}{n}" t="inlineStr"><is><t xml:space="preserve">{escape(text)}</t></is></c>'
            for c, text in enumerate(row) if text)
        out.append(f'<row r="{n}">{cells}</row>')
    last = letter(len(HEADER) - 1)
    out.append(f'</sheetData><mergeCells count="1"><mergeCell ref="A1:{last}1"/></mergeCells></worksheet>')
    return "".join(out)


PARTS = {
    "[Content_Types].xml":
        '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName='
        '"/xl/worksheets/sheet1.xml" ContentType='
        '"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>',
    "_rels/.rels":
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
        '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/>'
        '</Relationships>',
    "xl/workbook.xml":
        '<?xml version="1.0" encoding="UTF-8"?><workbook xmlns='
        '"http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="重点项目" sheetId="1" '
        'r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels":
        '<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns='
        '"http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type='
        '"http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/>'
        '</Relationships>',
}


def main():
    bad = int(sys.argv[2]) if len(sys.argv) > 2 else len(BAD)
    with zipfile.ZipFile(sys.argv[1], "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in PARTS.items():
            archive.writestr(name, text)
        archive.writestr("xl/worksheets/sheet1.xml", sheet(bad))


if __name__ == "__main__":
    main()

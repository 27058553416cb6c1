// The content check speaks English (fangzi-sign, logs); an office reads Chinese. What is not
// known here is shown as it came.
import { lang } from './lang';

const rules: [RegExp, string][] = [
  [/^missing$/, '缺少'],
  [/^no such field here$/, '没有这个字段'],
  [/^no such id in (\w+)$/, '引用的编号不存在（$1）'],
  [/^id stands twice in (\w+)$/, '编号重复（$1）'],
  [/^must be one of (.+)$/, '只能是：$1'],
  [/^must be a text$/, '须为文字'],
  [/^must be a number$/, '须为数字'],
  [/^must be a whole number$/, '须为整数'],
  [/^must be within (.+) and (.+)$/, '须在 $1 与 $2 之间'],
  [/^must be true or false$/, '须为是或否'],
  [/^must be an EDTF date.*$/, '日期须写成 2023、2023-06、2023-06-30、2023-35（三季度）等'],
  [/^must be a date: YYYY-MM-DD$/, '日期须写成 2023-06-30'],
  [/^must be HH:MM$/, '时间须写成 08:30'],
  [/^must be an RFC 3339 time.*$/, '时间须写成 2023-07-08T19:00:00+08:00'],
  [/^must be an id.*$/, '编号须为小写字母、数字和连字符'],
  [/^must be an http or https address.*$/, '须为 http 或 https 网址'],
  [/^has (\d+) items, allowed are (\d+) to (\d+)$/, '有 $1 项，只能有 $2 至 $3 项'],
  [/^no sound picture of that name among the media$/, '没有这张图片，请先上传'],
  [/^no sound film of that name among the media$/, '没有这段影片，请先上传'],
  [/^must be a film.*$/, '须选 .mp4 影片'],
  [/^must be a picture.*$/, '须选图片，不能选 .mp4 影片'],
  [/^longer than (\d+) characters?$/, '超过 $1 个字符'],
  [/^is cut$/, '文字放不下，屏幕上会省略'],
];

export function ruleLabel(rule: string): string {
  if (lang === 'en') return rule;
  const known = rules.find(([pattern]) => pattern.test(rule));
  return known ? rule.replace(known[0], known[1]) : rule;
}

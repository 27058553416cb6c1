// Chinese is what the console is written in; English is looked up. What has no English yet
// stays Chinese.
import { english } from './english';

export type Lang = 'zh' | 'en';
const KEY = 'fangzi.lang';

function read(): Lang {
  try {
    return localStorage.getItem(KEY) === 'en' ? 'en' : 'zh';
  } catch {
    return 'zh';
  }
}

export const lang: Lang = read();

export function setLang(to: Lang): void {
  localStorage.setItem(KEY, to);
  location.reload();
}

export function t(text: string, values?: Record<string, string | number>): string {
  let out = lang === 'en' ? (english[text] ?? text) : text;
  for (const [name, value] of Object.entries(values ?? {})) out = out.replace(`{${name}}`, String(value));
  return out;
}

export function when(time: string | null | undefined): string {
  if (!time) return '—';
  const date = new Date(time);
  return Number.isNaN(date.getTime()) ? time : date.toLocaleString(lang === 'en' ? 'en-GB' : 'zh-CN', { hour12: false });
}

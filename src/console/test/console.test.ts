import { readFileSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { english } from '../src/english';
import { tidy } from '../src/tidy';
import { ruleLabel } from '../src/rules';
import { fieldsOfList, fieldsOfPart, lists } from '../src/schema';

describe('tidy', () => {
  const rows: [string, unknown, unknown][] = [
    ['leaves out what was not filled in', { id: 'a', note: '', value: null, of: undefined }, { id: 'a' }],
    ['keeps no and zero', { ticker: false, rank: 0 }, { ticker: false, rank: 0 }],
    ['leaves out empty lists and objects', { when: { days: [] }, badges: [] }, undefined],
    ['keeps an empty list of milestones, which must be there', { milestones: [] }, { milestones: [] }],
    ['goes into lists', { programme: [{ id: 'x', note: '' }] }, { programme: [{ id: 'x' }] }],
  ];
  it.each(rows)('%s', (_says, given, expected) => expect(tidy(given)).toEqual(expected));
});

describe('fields', () => {
  it('every list of the document has fields, and each a type', () => {
    for (const list of lists) {
      expect(fieldsOfList(list).length, list).toBeGreaterThan(0);
      expect(fieldsOfList(list)[0].name).toBe('id');
    }
  });
  it('milestones are a list with states to choose from', () => {
    const milestones = fieldsOfList('projects').find((f) => f.name === 'milestones');
    expect(milestones?.type).toBe('list');
    expect(milestones?.fields?.find((f) => f.name === 'state')?.words).toContain('in_progress');
  });
  it('a note is at most 80 characters', () => {
    expect(fieldsOfList('projects').find((f) => f.name === 'note')?.max).toBe(80);
  });
  it('the site has a zone', () => expect(fieldsOfPart('site').some((f) => f.type === 'zone')).toBe(true));
});

describe('words', () => {
  it('rules are told in Chinese, and unknown ones as they came', () => {
    expect(ruleLabel('must be within 1 and 14')).toBe('须在 1 与 14 之间');
    expect(ruleLabel('something new')).toBe('something new');
  });
  it('what is said in Chinese has its English', () => {
    const missing = new Set<string>();
    const folders = ['src', 'src/pages'];
    for (const folder of folders)
      for (const file of readdirSync(folder).filter((f) => f.endsWith('.tsx')))
        for (const [, text] of readFileSync(`${folder}/${file}`, 'utf8').matchAll(/\bt\(\s*'((?:[^'\\]|\\.)*)'/g))
          if (/[\u4e00-\u9fff]/.test(text) && !(text in english)) missing.add(text);
    expect([...missing]).toEqual([]);
  });
  it('placeholders are kept', () => {
    for (const [zh, en] of Object.entries(english)) expect((en.match(/\{\w+\}/g) ?? []).sort(), zh).toEqual((zh.match(/\{\w+\}/g) ?? []).sort());
  });
});

import type { Item, Json } from './types';

// Empty texts, lists and objects are no values.
export function tidy(value: unknown): Json | undefined {
  if (value === null || value === undefined || value === '') return undefined;
  if (Array.isArray(value)) {
    const list = value.map(tidy).filter((v): v is Json => v !== undefined);
    return list;
  }
  if (typeof value === 'object') {
    const out: Item = {};
    for (const [name, child] of Object.entries(value)) {
      const kept = tidy(child);
      if (kept !== undefined && !(Array.isArray(kept) && kept.length === 0 && name !== 'milestones')) out[name] = kept;
    }
    return Object.keys(out).length ? out : undefined;
  }
  return value as Json;
}

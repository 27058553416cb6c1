// What was and what would be, field by field.
import { fieldLabel, wordLabel } from './labels';
import { t } from './lang';
import type { Item, Json } from './types';

function flat(value: Json, path: string, out: Map<string, string>): void {
  if (value === null || value === undefined) return;
  if (Array.isArray(value) && value.every((v) => typeof v !== 'object' || v === null)) out.set(path, value.map((v) => wordLabel(String(v))).join('、'));
  else if (Array.isArray(value))
    value.forEach((v, i) => {
      const id = v && typeof v === 'object' && !Array.isArray(v) ? (v.name ?? v.title ?? v.region ?? v.id) : undefined;
      flat(v, `${path}/${typeof id === 'string' ? id : i + 1}`, out);
    });
  else if (typeof value === 'object') for (const [name, child] of Object.entries(value)) flat(child, path ? `${path}/${name}` : name, out);
  else out.set(path, typeof value === 'boolean' ? (value ? t('是') : t('否')) : wordLabel(String(value)));
}

const label = (list: string, path: string) => path.split('/').map((p) => fieldLabel(list, p)).join(' › ');

export function Diff({ list, before, after }: { list: string; before: Json; after: Json }) {
  const was = new Map<string, string>();
  const is = new Map<string, string>();
  flat((before ?? {}) as Item, '', was);
  flat((after ?? {}) as Item, '', is);
  const paths = [...new Set([...was.keys(), ...is.keys()])].filter((p) => was.get(p) !== is.get(p));
  return (
    <table className="diff">
      <thead>
        <tr>
          <th scope="col">{t('字段')}</th>
          <th scope="col">{t('原来')}</th>
          <th scope="col">{t('改为')}</th>
        </tr>
      </thead>
      <tbody>
        {paths.map((p) => (
          <tr key={p}>
            <th scope="row">{label(list, p)}</th>
            <td>{was.has(p) ? <del>{was.get(p)}</del> : '—'}</td>
            <td>{is.has(p) ? <ins>{is.get(p)}</ins> : '—'}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// Painted pages beside what is on the screens now; what changed comes first.
import { Empty, Segmented, Tag } from 'antd';
import { useState } from 'react';
import { t } from './lang';
import type { Page } from './types';

const states: Record<Page['state'], [string, string]> = {
  new: ['新页', 'success'], changed: ['有变化', 'processing'], same: ['无变化', 'default'], gone: ['将消失', 'error'],
};
const order: Page['state'][] = ['changed', 'new', 'gone', 'same'];

function Picture({ sha, name, label }: { sha: string | null; name: string; label: string }) {
  return (
    <figure>
      {sha ? (
        <a href={`/api/v1/pages/${sha}.png`} target="_blank" rel="noreferrer">
          <img src={`/api/v1/pages/${sha}.png`} alt={`${label}：${name}`} loading="lazy" />
        </a>
      ) : (
        <div className="absent">{t('没有这一页')}</div>
      )}
      <figcaption>{label}</figcaption>
    </figure>
  );
}

export function PageCompare({ pages }: { pages: Page[] }) {
  const [which, setWhich] = useState('changes');
  const sizes = [...new Set(pages.map((p) => p.size))];
  const [size, setSize] = useState(sizes[0]);
  const shown = pages
    .filter((p) => p.size === (sizes.includes(size) ? size : sizes[0]) && (which === 'all' || p.state !== 'same'))
    .sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state));
  return (
    <>
      <p className="title-extra">
        <Segmented value={which} onChange={(v) => setWhich(String(v))} options={[{ value: 'changes', label: t('有变化的页') }, { value: 'all', label: t('全部页面') }]} />
        {sizes.length > 1 && <Segmented value={size} onChange={(v) => setSize(String(v))} options={sizes} />}
        <span className="quiet">{t('{n} 页', { n: shown.length })}</span>
      </p>
      {shown.length === 0 && <Empty description={t('没有页面变化')} />}
      {shown.map((p) => (
        <section key={p.size + p.name} aria-label={p.name} style={{ marginBottom: 20 }}>
          <b>{p.name}</b> <Tag color={states[p.state][1]}>{t(states[p.state][0])}</Tag>
          <div className="pages">
            <Picture sha={p.now_sha256} name={p.name} label={t('现在屏幕上')} />
            <Picture sha={p.state === 'gone' ? null : p.sha256} name={p.name} label={t('将要播出')} />
          </div>
        </section>
      ))}
    </>
  );
}

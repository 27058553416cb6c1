import { Button, Input, Space, Table, Tag } from 'antd';
import { useState } from 'react';
import { get } from '../api';
import { useLoad } from '../hooks';
import { t, when } from '../lang';
import type { Json } from '../types';
import { Loaded, Title, useTry } from '../ui';

interface Entry {
  seq: number;
  at: string;
  actor: string;
  address: string;
  what: string;
  subject: string;
  before: Json;
  after: Json;
  hash: string;
}
interface Verdict {
  whole: boolean;
  entries: number;
  head: string;
  broken_at: number | null;
}

export function Audit() {
  const [filter, setFilter] = useState({ actor: '', what: '', subject: '' });
  const [before, setBefore] = useState(0);
  const [verdict, setVerdict] = useState<Verdict | null>(null);
  const attempt = useTry();
  const query = new URLSearchParams({ limit: '100', ...(before ? { before: String(before) } : {}) });
  for (const [name, value] of Object.entries(filter)) if (value) query.set(name, value);
  const loaded = useLoad<{ entries: Entry[] }>(`audit?${query.toString()}`);
  const set = (name: keyof typeof filter) => (value: string) => (setBefore(0), setFilter({ ...filter, [name]: value }));
  return (
    <>
      <Title
        extra={
          <>
            <Button onClick={() => void attempt(async () => setVerdict(await get<Verdict>('audit/verify')))}>{t('核验哈希链')}</Button>
            <Button href="/api/v1/audit/export" download>
              {t('导出')}
            </Button>
          </>
        }
      >
        {t('审计日志')}
      </Title>
      {verdict && (
        <p role="status">
          {verdict.whole ? <Tag color="success">{t('完整：{n} 条', { n: verdict.entries })}</Tag> : <Tag color="error">{t('第 {n} 条起被改动', { n: verdict.broken_at ?? 0 })}</Tag>} <span className="mono">{verdict.head}</span>
        </p>
      )}
      <div className="panel">
        <Space wrap style={{ marginBottom: 12 }}>
          <Input.Search placeholder={t('用户名')} aria-label={t('用户名')} allowClear onSearch={set('actor')} />
          <Input.Search placeholder={t('操作，如 set.')} aria-label={t('操作')} allowClear onSearch={set('what')} />
          <Input.Search placeholder={t('对象，如 set:12')} aria-label={t('对象')} allowClear onSearch={set('subject')} />
        </Space>
        <Loaded of={loaded}>
          {({ entries }) => (
            <>
              <Table<Entry>
                size="small"
                rowKey="seq"
                dataSource={entries}
                pagination={false}
                expandable={{
                  rowExpandable: (e) => e.before !== null || e.after !== null,
                  expandedRowRender: (e) => (
                    <div className="mono">
                      {e.before !== null && <div>- {JSON.stringify(e.before)}</div>}
                      {e.after !== null && <div>+ {JSON.stringify(e.after)}</div>}
                      <div className="quiet">{e.hash}</div>
                    </div>
                  ),
                }}
                columns={[
                  { title: '#', dataIndex: 'seq', width: 80, align: 'right' },
                  { title: t('时间'), render: (_, e) => when(e.at), width: 180 },
                  { title: t('用户'), dataIndex: 'actor', width: 120 },
                  { title: t('操作'), dataIndex: 'what', width: 170 },
                  { title: t('对象'), dataIndex: 'subject' },
                  { title: t('来自'), dataIndex: 'address', width: 140 },
                ]}
              />
              <Space style={{ marginTop: 12 }}>
                <Button disabled={!before} onClick={() => setBefore(0)}>
                  {t('最新')}
                </Button>
                <Button disabled={entries.length < 100} onClick={() => setBefore(entries[entries.length - 1].seq)}>
                  {t('更早')}
                </Button>
              </Space>
            </>
          )}
        </Loaded>
      </div>
    </>
  );
}
